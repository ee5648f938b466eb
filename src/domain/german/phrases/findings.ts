/** What a dry run finds. */
export const findings: Readonly<Record<string, string>> = {
  'The mailbox can’t be opened.': 'Das Postfach lässt sich nicht öffnen.',
  'The mailbox can’t be opened. {0}': 'Das Postfach lässt sich nicht öffnen. {0}',
  'The target mailbox has room for {0}, and {1} are to be copied. Have its quota raised before the run.':
    'Das Zielpostfach hat Platz für {0}, und {1} sollen kopiert werden. Lassen Sie sein Kontingent vor dem Lauf erhöhen.',
  'The target mailbox will be nearly full: {0} are to be copied, and there is room for {1}.':
    'Das Zielpostfach wird fast voll: {0} sollen kopiert werden, und Platz ist für {1}.',
  '{0} can’t be copied, for the target takes no message larger than {1}. They will be listed in the report.':
    '{0} lassen sich nicht kopieren, denn das Ziel nimmt keine größer als {1}. Der Bericht wird sie auflisten.',
  '{0} of the archive will be copied into the target’s archive.': '{0} des Archivs werden in das Archiv des Ziels kopiert.',
  'The target mailbox has no archive: {0} of the source’s will be copied into the folder “{1}” of the mailbox. Have its archive enabled before the run, if they are to be archived there.':
    'Das Zielpostfach hat kein Archiv: {0} aus dem der Quelle werden in den Ordner „{1}“ des Postfachs kopiert. Lassen Sie sein Archiv vor dem Lauf aktivieren, wenn sie dort archiviert sein sollen.',
  'The folder “{0}” can’t be read.': 'Der Ordner „{0}“ lässt sich nicht lesen.',
  'The folder “{0}” can’t be read. {1}': 'Der Ordner „{0}“ lässt sich nicht lesen. {1}',
  'The folder “{0}” holds {1} of a kind that can’t be carried over between these two servers. They will be listed as a difference; exclude the folder to leave it out on purpose.':
    'Der Ordner „{0}“ enthält {1} einer Art, die sich zwischen diesen beiden Servern nicht übertragen lässt. Sie werden als Abweichung aufgelistet; schließen Sie den Ordner aus, um ihn absichtlich wegzulassen.',
  'The folder “{0}” will be called “{1}”, for “{2}” takes its place. Map it in the plan file to have it elsewhere.':
    'Der Ordner „{0}“ wird „{1}“ heißen, denn „{2}“ nimmt seinen Platz ein. Ordnen Sie ihn im Auftrag zu, um ihn anderswo zu haben.',
  'The folders “{0}” and “{1}” both go to “{2}”, as the plan says.':
    'Die Ordner „{0}“ und „{1}“ kommen beide nach „{2}“, wie der Plan es sagt.',
  'The filter “{0}” matches no folder of this mailbox; is it misspelt?':
    'Der Filter „{0}“ trifft auf keinen Ordner dieses Postfachs zu; ist er falsch geschrieben?',
  'The filters leave everything out: {0} in the source, none to be copied.':
    'Die Filter lassen alles aus: {0} in der Quelle, nichts zu kopieren.',
  'The source mailbox is empty.': 'Das Quellpostfach ist leer.',
}
