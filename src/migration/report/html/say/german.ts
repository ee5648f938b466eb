import { bytes, count, number } from '../../../../domain/german/words.ts'
import type { Say } from './say.ts'

const types: Readonly<Record<string, string>> = {
  mail: 'E-Mail',
  calendar: 'Termine',
  contacts: 'Kontakte',
  tasks: 'Aufgaben',
  notes: 'Notizen',
}

export const german: Say = {
  language: 'de',
  count: number,
  size: bytes,
  messages: amount => count(amount, 'Nachricht', 'Nachrichten'),
  folders: amount => count(amount, 'Ordner', 'Ordner'),
  items: amount => count(amount, 'Element', 'Elemente'),
  title: 'Migrationsbericht',
  footer:
    'Gezählt aus dem Verzeichnis, in dem jede Nachricht der Quelle ihre Zeile hat. „Zurückgelesen“ heißt, dass das Ziel nach dem Schreiben nach der Nachricht gefragt wurde und sie mit Größe und Datum der Quelle hat.',
  alreadyThere: messages => `Schon vorher da und eins zu eins zugeordnet: ${messages}.`,
  leftOut: messages => `Ausgelassen, wie die Filter es verlangen: ${messages}.`,
  verdicts: {
    complete: [
      'Alles ist migriert, und das ist bewiesen.',
      messages => `Ins Ziel geschrieben und je einmal zurückgelesen: ${messages}; keine fehlt.`,
    ],
    differences: [
      'Migriert, mit Abweichungen.',
      messages => `Alle Postfächer sind durch. Nicht migriert oder nicht bewiesen: ${messages}; jede steht unten mit ihrem Grund.`,
    ],
    incomplete: [
      'Nicht fertig.',
      mailboxes =>
        `Postfächer: ${mailboxes}. Was bisher migriert ist, steht unten; wird der Auftrag wieder gestartet, geht es von dort weiter.`,
    ],
  },
  none: 'keine',
  figures: {
    title: 'In Zahlen',
    through: 'Postfächer durch',
    inSource: 'Nachrichten in der Quelle',
    carried: 'Nachrichten ins Ziel übertragen',
    readBack: 'aus dem Ziel zurückgelesen',
    notMigrated: 'nicht migriert',
    of: total => `von ${total}`,
  },
  facts: {
    title: 'Der Auftrag',
    from: 'Von',
    to: 'Nach',
    later: 'Von späteren Läufen übertragen',
    filters: 'Filter',
    content: 'Inhalt',
    defined: 'Auftrag angelegt',
    notExamined: 'Nicht untersucht',
    report: 'Dieser Bericht',
    fromLedger: version => `, aus dem Verzeichnis von Mailferry ${version}`,
    notVerified: '; nicht geprüft',
    verified: '; geprüft ',
  },
  notExamined: {
    archive: 'Archivpostfächer',
    recoverableItems: 'wiederherstellbare Elemente',
    rules: 'Posteingangsregeln',
    delegates: 'Stellvertretungen',
    permissions: 'Berechtigungen',
    forwarding: 'Weiterleitungen',
    accessLists: 'Zugriffslisten der Ordner (ACL)',
    sieve: 'Filter auf dem Server (Sieve)',
  },
  scripts: job => `; mailferry job scripts "${job}" schreibt, was Weiterleitungen und Berechtigungen überträgt`,
  formats: {
    fts: 'vollständiger Datenstrom von Exchange',
    mailboxItem: 'vollständiger Datenstrom von Office 365',
    rfc822: 'Nachrichten (RFC 5322)',
  },
  unproven: ' (unbewiesen, wie der Auftrag es verlangt)',
  asGiven: ', wie die Quelle sie herausgibt',
  inFormat: (items, format) => `${items} als ${format}`,
  policies: {
    new: 'nur neue Elemente',
    changes: 'neue und geänderte Elemente, und Verschobenes',
    mirror: 'neue und geänderte Elemente, Verschobenes und Löschungen',
  },
  filters: {
    from: date => `empfangen ab ${date}`,
    before: date => `empfangen vor ${date}`,
    only: folders => `nur die Ordner ${folders}`,
    without: folders => `ohne die Ordner ${folders}`,
    types: names =>
      `nur Ordner mit ${names
        .split(', ')
        .map(name => types[name] ?? name)
        .join(', ')}`,
    upTo: size => `bis ${size} je Nachricht`,
    deleted: 'mit als gelöscht markierten Nachrichten',
    none: 'keine: alles, außer als gelöscht markierten Nachrichten',
  },
  reasons: {
    title: 'Was aufgelistet ist, und warum',
    caption: 'Jede einzelne Nachricht steht unten bei ihrem Postfach.',
    reason: 'Grund',
    outcome: 'Ergebnis',
    messages: 'Nachrichten',
  },
  table: {
    mailboxes: 'Postfächer',
    caption:
      'Anzahl und Größe auf beiden Seiten, wie das Verzeichnis sie kennt. Nachrichten, die andere ins Ziel gelegt haben, sind nicht gezählt.',
    mailbox: 'Postfach',
    state: 'Zustand',
    inSource: 'In der Quelle',
    inTarget: 'Im Ziel',
    size: 'Größe',
    notMigrated: 'Nicht migriert',
    leftOut: 'Ausgelassen',
    together: 'Zusammen',
    each: 'Postfach für Postfach',
    folder: 'Ordner',
    foldersOf: mailbox => `Ordner von ${mailbox}`,
    messagesOf: mailbox => `Nachrichten von ${mailbox}, die nicht einfach migriert sind`,
    key: 'Schlüssel',
    received: 'Empfangen',
    completed: 'Abgeschlossen ',
    readBack: (done, messages) => `; ${done} von ${messages} zurückgelesen.`,
  },
  states: {
    new: 'nicht gestartet',
    queued: 'eingereiht',
    running: 'läuft',
    waiting: 'wartet',
    stopped: 'angehalten',
    failed: 'fehlgeschlagen',
    completed: 'abgeschlossen',
    completedWithDifferences: 'abgeschlossen mit Abweichungen',
  },
  outcomes: {
    filtered: 'von den Filtern ausgelassen',
    failed: 'nicht migriert',
    open: 'noch nicht bestätigt',
    notReadBack: 'noch nicht zurückgelesen',
    orphaned: 'aus der Quelle verschwunden, im Ziel behalten',
    marksDropped: 'migriert, ohne einige Markierungen',
    reduced: 'migriert, in einfacherer Form',
    notUpdated: 'migriert, ohne eine spätere Änderung',
  },
}
