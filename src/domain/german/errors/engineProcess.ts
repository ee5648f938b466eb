import type { Words } from '../../errorText/words.ts'
import { said } from '../words.ts'

export const engineProcess = {
  'engine.died': ({ cause }) => ({
    message: `Mailferrys Dienst hat sich beendet, während er daran arbeitete${said(cause)}`,
    next: 'Er wird von selbst wieder gestartet, und laufende Aufträge machen dort weiter, wo sie waren. Versuchen Sie es noch einmal; das Protokoll sagt mehr.',
  }),
  'engine.failed': ({ cause }) => ({
    message: `Mailferrys Dienst lässt sich nicht am Laufen halten${said(cause)}`,
    next: 'Sehen Sie im Protokoll nach der Ursache und starten Sie den Dienst dann wieder.',
  }),
  'engine.channel': ({ detail }) => ({
    message: `Eine Mitteilung zwischen dem Editor und Mailferrys Dienst war beschädigt${said(detail)}`,
    next: 'Der Dienst wird von selbst wieder gestartet. Geschieht es noch einmal, melden Sie es bitte mit dem Protokoll.',
  }),
} satisfies Partial<Words>
