import type { Words } from './words.ts'
import { said } from './words.ts'

/** The engine's process, as its editor meets it. */
export const engineProcess = {
  'engine.died': ({ cause }) => ({
    message: `Mailferry’s engine ended while it worked on this${said(cause)}`,
    next: 'It is started again by itself, and running jobs go on where they were. Try again; the log says more.',
  }),
  'engine.failed': ({ cause }) => ({
    message: `Mailferry’s engine can't be kept running${said(cause)}`,
    next: 'See the log for the cause, then start the engine again.',
  }),
  'engine.channel': ({ detail }) => ({
    message: `A message between the editor and Mailferry’s engine was damaged${said(detail)}`,
    next: 'The engine is started again by itself. If it happens again, please report it with the log.',
  }),
} satisfies Partial<Words>
