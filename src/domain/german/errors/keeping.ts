import type { Words } from '../../errorText/words.ts'
import { quoted, said, seconds } from '../words.ts'

export const keeping = {
  'ledger.damaged': ({ path, detail }) => ({
    message: `Das Verzeichnis ${path} ist beschädigt${said(detail)} Es wurde gelassen, wie es ist.`,
    next: 'Stellen Sie es aus einer Sicherung wieder her, oder schieben Sie es beiseite und übernehmen Sie mit einem neuen, was schon im Ziel liegt.',
  }),
  'ledger.newer': ({ path, version, supported }) => ({
    message: `Das Verzeichnis ${path} hat die Version ${version}; dieses Mailferry kennt Versionen bis ${supported}. Es wurde gelassen, wie es ist.`,
    next: 'Aktualisieren Sie Mailferry, oder wählen Sie ein anderes Verzeichnis (--ledger).',
  }),
  'ledger.foreign': ({ path }) => ({
    message: `${path} ist kein Verzeichnis von Mailferry. Es wurde gelassen, wie es ist.`,
    next: 'Wählen Sie eine andere Datei (--ledger).',
  }),
  'ledger.network': ({ path, fileSystem }) => ({
    message: `Das Verzeichnis ${path} liegt auf einem Netzwerk-Dateisystem (${fileSystem}), wo es nicht sicher wäre.`,
    next: 'Wählen Sie eine Datei auf einer örtlichen Platte (--ledger).',
  }),
  'ledger.unwritable': ({ path, cause }) => ({
    message: `Das Verzeichnis ${path} lässt sich nicht schreiben${said(cause)}`,
    next: 'Prüfen Sie die Rechte der Datei und ihres Ordners, oder wählen Sie eine andere Datei (--ledger).',
  }),
  'ledger.diskFull': ({ path }) => ({
    message: `Die Platte, auf der das Verzeichnis ${path} liegt, ist voll.`,
    next: 'Schaffen Sie Platz und starten Sie dann wieder: Es geht dort weiter, wo es anhielt.',
  }),
  'ledger.busy': ({ path, ms }) => ({
    message: `Ein anderer Prozess hält das Verzeichnis ${path} seit ${seconds(ms)} gesperrt.`,
    next: 'Versuchen Sie es noch einmal; bleibt es so, suchen Sie nach einem Prozess, der mit der offenen Datei hängt (eine Sicherung, ein Datenbankbetrachter).',
  }),
  'ledger.engineAlive': ({ path, engine }) => ({
    message: `Das Verzeichnis ${path} muss aktualisiert werden, aber der Dienst ${engine} benutzt es noch.`,
    next: 'Beenden Sie ihn (schließen Sie sein Fenster oder seinen Befehl) und versuchen Sie es dann noch einmal.',
  }),
  'ledger.upgradeFailed': ({ path, version, backup, detail }) => ({
    message: `Das Verzeichnis ${path} ließ sich nicht auf die Version ${version} bringen${said(detail)} Es ist, wie es war.`,
    next: `Benutzen Sie solange das frühere Mailferry. Eine Sicherung liegt unter ${backup}.`,
  }),
  'lease.lost': ({ pair }) => ({
    message: `Ein anderer Dienst hat das Paar ${pair} vielleicht übernommen, darum hat dieser sofort aufgehört.`,
    next: 'Verloren ist nichts: Wer das Paar hat, macht weiter, wo es stand. Starten Sie es wieder, wenn niemand es tut.',
  }),
  'lease.held': ({ pair, engine, until }) => ({
    message: `An dem Paar ${pair} arbeitet der Dienst ${engine}, der es bis ${until} hält.`,
    next: 'Warten Sie darauf, oder halten Sie den Auftrag dort an. Ist jener Dienst tot, ist das Paar nach dieser Zeit frei.',
  }),
  'file.unreadable': ({ file, cause }) => ({
    message: `Die Datei ${quoted(file)} lässt sich nicht lesen${said(cause)}`,
    next: 'Prüfen Sie den Pfad und die Rechte.',
  }),
  'file.unwritable': ({ file, cause }) => ({
    message: `Die Datei ${quoted(file)} lässt sich nicht schreiben${said(cause)}`,
    next: 'Prüfen Sie, ob ihr Ordner da ist, beschrieben werden darf und Platz hat.',
  }),
} satisfies Partial<Words>
