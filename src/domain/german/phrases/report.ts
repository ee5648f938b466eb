/** Why a report lists a folder or a message, where that is no error. */
export const report: Readonly<Record<string, string>> = {
  'Received before the date the filters begin with.': 'Empfangen vor dem Datum, mit dem die Filter beginnen.',
  'Received at or after the date the filters end with.': 'Empfangen an oder nach dem Datum, mit dem die Filter enden.',
  'Larger than the filters allow.': 'Größer, als die Filter erlauben.',
  'Flagged as deleted in the source, and not expunged yet.': 'In der Quelle als gelöscht markiert und noch nicht entfernt.',
  'The filters leave this folder out.': 'Die Filter lassen diesen Ordner aus.',
  'An empty folder of a kind that can’t be carried over between these two servers.':
    'Ein leerer Ordner einer Art, die sich zwischen diesen beiden Servern nicht übertragen lässt.',
  'The filters leave it out.': 'Die Filter lassen es aus.',
  'It could not be migrated.': 'Es ließ sich nicht migrieren.',
  'The target has not confirmed it yet; the next run looks for it before writing anything.':
    'Das Ziel hat es noch nicht bestätigt; der nächste Lauf sucht danach, bevor er etwas schreibt.',
  'Written, but the target did not show it again with the same size and date.':
    'Geschrieben, aber das Ziel hat es nicht mit derselben Größe und demselben Datum wieder gezeigt.',
  'No longer in the source; kept in the target.': 'Nicht mehr in der Quelle; im Ziel behalten.',
  'Its later changes were not carried over.': 'Seine späteren Änderungen wurden nicht übertragen.',
  'The target does not keep: {0}': 'Das Ziel behält nicht: {0}',
  'Other answers of this kind.': 'Weitere Antworten dieser Art.',
}
