import type { Words } from '../../errorText/words.ts'
import { inGerman } from '../phrases.ts'
import { count, listed, quoted, said, saidByUs } from '../words.ts'

const known = (names: readonly string[]): string => (names.length === 0 ? 'Noch gibt es keine.' : `Bekannt: ${listed(names)}.`)

/** Of the two kinds, in the cases that the sentences need. */
const thing = { connection: 'Verbindung', job: 'Auftrag' } as const
const ofThing = { connection: 'einer Verbindung', job: 'eines Auftrags' } as const
const theThing = { connection: 'Die Verbindung', job: 'Der Auftrag' } as const
const mailboxOn = { source: 'Quellpostfach', target: 'Zielpostfach' } as const
const connectionOn = { source: 'Quellverbindung', target: 'Zielverbindung' } as const
const field = { role: 'Rolle', kind: 'Art' } as const

export const administering = {
  inUse: ({ connection, jobs }) => ({
    message: `Die Verbindung ${quoted(connection)} wird von ${jobs.length === 1 ? 'dem Auftrag' : `${jobs.length} Aufträgen`} benutzt (${listed(jobs)}) und kann darum weder bearbeitet noch gelöscht werden.`,
    next: 'Löschen Sie erst diese Aufträge. Hat sich nur die Adresse des Servers oder das Administratorkonto mit einem Domänenwechsel geändert, konfigurieren Sie die Verbindung stattdessen neu.',
  }),
  stale: ({ connection, reason, operation }) => ({
    message: `Die Verbindung ${quoted(connection)} ist veraltet${saidByUs(reason)} Bis sie neu konfiguriert ist, wird dies abgelehnt: ${inGerman('reasons', operation)}.`,
    next: `Konfigurieren Sie erst die Verbindung ${quoted(connection)} neu (mailferry connection reconfigure).`,
  }),
  'reconfigure.impossible': ({ connection, reason }) => ({
    message: `Die Verbindung ${quoted(connection)} kann nicht neu konfiguriert werden${saidByUs(reason)}`,
    next: 'Ist wirklich ein anderer Server oder ein anderes Konto gemeint, legen Sie eine neue Verbindung und einen neuen Auftrag an, der übernimmt, was schon im Ziel liegt.',
  }),
  'organisation.different': ({ connection, recorded, found }) => ({
    message: `Die Verbindung ${quoted(connection)} gehört zur Organisation ${recorded}, das Angegebene führt aber zu ${found}. Nichts wurde geändert.`,
    next: 'Geben Sie die neue Adresse oder das neue Administratorkonto derselben Organisation an; für eine andere legen Sie eine neue Verbindung an.',
  }),
  'organisation.unproven': ({ connection }) => ({
    message: `Nichts beweist, dass das Angegebene zur selben Organisation führt wie bisher. Die Verbindung ${quoted(connection)} wurde nicht geändert.`,
    next: `Wenn Sie sicher sind, tippen Sie den Namen der Verbindung ein, ${quoted(connection)}, und übernehmen so die Verantwortung; es wird im Journal vermerkt.`,
  }),
  immutable: ({ connection, field: which }) => ({
    message: `Die ${field[which]} der Verbindung ${quoted(connection)} ändert sich nie.`,
    next: `Legen Sie eine neue Verbindung mit der gewünschten ${field[which]} an.`,
  }),
  'imap.hostChanged': ({ connection, recorded, wanted }) => ({
    message: `Die IMAP-Verbindung ${quoted(connection)} führt zu ${recorded}; Aufträge benutzen sie, und nichts kann beweisen, dass ${wanted} dieselben Postfächer hat.`,
    next: `Legen Sie eine neue Verbindung zu ${wanted} und damit einen neuen Auftrag an, der übernimmt, was schon im Ziel liegt.`,
  }),
  'name.taken': ({ kind, name }) => ({
    message: `${thing[kind]} ${quoted(name)} gibt es schon (Groß- und Kleinschreibung zählt nicht).`,
    next: 'Wählen Sie einen anderen Namen.',
  }),
  'name.forbidden': ({ kind, name, characters }) => ({
    message: `${quoted(name)} kann nicht der Name ${ofThing[kind]} sein: Darin kommt ${characters} vor.`,
    next:
      kind === 'job'
        ? 'Benutzen Sie einen Namen ohne Steuerzeichen und ohne die Zeichen \\ / : * ? < > | "'
        : 'Benutzen Sie einen Namen ohne Steuerzeichen.',
  }),
  'name.empty': ({ kind }) => ({ message: `Der Name ${ofThing[kind]} darf nicht leer sein.`, next: 'Geben Sie einen Namen an.' }),
  'name.tooLong': ({ kind, name, length, limit }) => ({
    message: `Der Name ${ofThing[kind]} hat ${length} Zeichen, mehr als ${limit}: ${quoted(`${name.slice(0, 40)}…`)}.`,
    next: 'Wählen Sie einen kürzeren Namen.',
  }),
  'connection.notFound': ({ name, known: names }) => ({
    message: `Eine Verbindung ${quoted(name)} gibt es nicht. ${known(names)}`,
    next: 'Prüfen Sie die Schreibweise, oder legen Sie die Verbindung erst an.',
  }),
  'connection.role': ({ connection, job, role }) => ({
    message: `Der Auftrag ${quoted(job)} will die Verbindung ${quoted(connection)} als ${connectionOn[role]} (${role}), aber das ist nicht ihre Rolle.`,
    next: `Wählen Sie eine ${connectionOn[role]}.`,
  }),
  'job.notFound': ({ name, known: names }) => ({
    message: `Einen Auftrag ${quoted(name)} gibt es nicht. ${known(names)}`,
    next: 'Prüfen Sie die Schreibweise, oder legen Sie den Auftrag erst an.',
  }),
  'job.running': ({ job, operation }) => ({
    message: `Der Auftrag ${quoted(job)} läuft; dies muss darum warten: ${inGerman('reasons', operation)}.`,
    next: 'Halten Sie den Auftrag erst an.',
  }),
  'job.notRunning': ({ job }) => ({
    message: `Der Auftrag ${quoted(job)} läuft nicht.`,
    next: 'Anzuhalten ist nichts; starten Sie ihn, wenn das gemeint war.',
  }),
  'job.empty': ({ job }) => ({
    message: `Der Auftrag ${quoted(job)} hat keine Postfächer.`,
    next: 'Geben Sie ihm Postfachpaare: im Plan oder durch Zuordnen.',
  }),
  'pair.notFound': ({ job, mailbox }) => ({
    message: `Der Auftrag ${quoted(job)} hat kein Postfach ${quoted(mailbox)}.`,
    next: 'Prüfen Sie die Schreibweise; der Baum und mailferry job status zeigen sie.',
  }),
  'pair.twice': ({ job, mailbox, side }) => ({
    message: `Im Auftrag ${quoted(job)} steht das ${mailboxOn[side]} ${quoted(mailbox)} zweimal (${side}).`,
    next:
      side === 'source'
        ? 'Lassen Sie eines der beiden weg; um ein Postfach an zwei Orte zu kopieren, legen Sie zwei Aufträge an.'
        : 'Lassen Sie eines der beiden weg; um zwei Postfächer in einem zusammenzuführen, legen Sie zwei Aufträge an und erlauben gemeinsame Ziele.',
  }),
  'job.connections': ({ job, side }) => ({
    message: `Der Auftrag ${quoted(job)} hat eine andere ${connectionOn[side]} (${side}), und die ändert sich nie: Was er migriert hat, ist für die beiden vermerkt, die er hat.`,
    next: 'Legen Sie für die andere Verbindung einen neuen Auftrag an.',
  }),
  edited: ({ kind, name }) => ({
    message: `${theThing[kind]} ${quoted(name)} wurde anderswo geändert, während Sie daran arbeiteten. Nichts wurde gespeichert.`,
    next: 'Sehen Sie sich den heutigen Stand an; speichern Sie dann wieder, was noch zu ändern ist.',
  }),
  'pair.migrated': ({ job, mailbox }) => ({
    message: `Das Postfach ${quoted(mailbox)} des Auftrags ${quoted(job)} kann keinem anderen mehr zugeordnet werden: E-Mail daraus ist schon migriert.`,
    next: 'Setzen Sie das Postfach erst zurück, was vergisst, was migriert wurde; oder migrieren Sie in einem eigenen Auftrag zum anderen.',
  }),
  'pair.running': ({ job, mailbox, operation }) => ({
    message: `Das Postfach ${quoted(mailbox)} des Auftrags ${quoted(job)} läuft; dies muss darum warten: ${inGerman('reasons', operation)}.`,
    next: 'Halten Sie den Auftrag erst an, oder warten Sie, bis das Postfach fertig ist.',
  }),
  'target.shared': ({ mailbox, job, otherJob }) => ({
    message: `Die Aufträge ${quoted(job)} und ${quoted(otherJob)} würden beide in das Postfach ${quoted(mailbox)} schreiben.`,
    next: 'Nehmen Sie es aus einem der beiden heraus. Ist es gewollt, erlauben Sie es in den Einstellungen des Auftrags ("allowSharedTargets": true).',
  }),
  'plan.unreadable': ({ file, cause }) => ({
    message: `Die Plandatei ${quoted(file)} lässt sich nicht lesen${said(cause)}`,
    next: 'Geben Sie eine JSON-Datei an; mailferry.schema.json beschreibt sie.',
  }),
  'plan.invalid': ({ file, problems }) => ({
    message: `Die Plandatei ${quoted(file)} hat ${count(problems.length, 'Fehler', 'Fehler')}; nichts wurde angewendet.\n${problems.map(({ path, message }) => `  ${path === '' ? '(ganze Datei)' : path}: ${inGerman('reasons', message)}`).join('\n')}`,
    next: 'Berichtigen Sie diese Stellen; mailferry.schema.json beschreibt, was dorthin gehört.',
  }),
  'csv.invalid': ({ file, problems }) => ({
    message: `Die CSV-Datei ${quoted(file)} hat ${count(problems.length, 'fehlerhafte Zeile', 'fehlerhafte Zeilen')}.\n${problems.map(({ line, message }) => `  Zeile ${line}: ${inGerman('reasons', message)}`).join('\n')}`,
    next: 'Berichtigen Sie diese Zeilen; aus der Datei wurde nichts übernommen.',
  }),
  usage: ({ detail }) => ({
    message: detail.trim() === '' ? 'So wird der Befehl nicht benutzt.' : inGerman('reasons', detail),
    next: 'Siehe mailferry --help.',
  }),
  stopped: ({ what }) => ({
    message: `Angehalten, bevor es fertig war: ${inGerman('reasons', what)}.`,
    next: 'Starten Sie es wieder: Es geht dort weiter, wo es anhielt.',
  }),
  internal: ({ detail }) => ({
    message: `Mailferry hat einen Fehler gemacht${said(detail)}`,
    next: 'Bitte melden Sie ihn mit dem Protokoll; was schon übertragen ist, ist sicher, und der Lauf kann wieder gestartet werden.',
  }),
} satisfies Partial<Words>
