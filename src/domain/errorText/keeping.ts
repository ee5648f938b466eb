import type { Words } from './words.ts'
import { quoted, said, seconds } from './words.ts'

/** The ledger, leases on pairs, and files. */
export const keeping = {
  'ledger.damaged': ({ path, detail }) => ({
    message: `The ledger ${path} is damaged${said(detail)} It was left as it is.`,
    next: 'Restore it from a backup, or move it away and adopt what is already on the target in a new ledger.',
  }),
  'ledger.newer': ({ path, version, supported }) => ({
    message: `The ledger ${path} has version ${version}; this Mailferry knows versions up to ${supported}. It was left as it is.`,
    next: 'Update Mailferry, or choose another ledger with --ledger.',
  }),
  'ledger.foreign': ({ path }) => ({
    message: `${path} is not a Mailferry ledger. It was left as it is.`,
    next: 'Choose another file with --ledger.',
  }),
  'ledger.network': ({ path, fileSystem }) => ({
    message: `The ledger ${path} lies on a network file system (${fileSystem}), where it could not be kept safe.`,
    next: 'Choose a file on a local disk with --ledger.',
  }),
  'ledger.unwritable': ({ path, cause }) => ({
    message: `The ledger ${path} can't be written${said(cause)}`,
    next: 'Check the permissions of the file and its folder, or choose another file with --ledger.',
  }),
  'ledger.diskFull': ({ path }) => ({
    message: `The disk that holds the ledger ${path} is full.`,
    next: 'Make room, then start again: it goes on where it stopped.',
  }),
  'ledger.busy': ({ path, ms }) => ({
    message: `Another process has kept the ledger ${path} locked for ${seconds(ms)}.`,
    next: 'Try again; if it stays so, look for a process that hangs while it has the file open (a backup, a database browser).',
  }),
  'ledger.engineAlive': ({ path, engine }) => ({
    message: `The ledger ${path} needs an upgrade, but the engine ${engine} is still using it.`,
    next: 'Stop that engine (close its window or command), then try again.',
  }),
  'ledger.upgradeFailed': ({ path, version, backup, detail }) => ({
    message: `The ledger ${path} could not be upgraded to version ${version}${said(detail)} It is as it was before.`,
    next: `Use the former Mailferry meanwhile. A backup lies at ${backup}.`,
  }),
  'lease.lost': ({ pair }) => ({
    message: `Another engine may have taken over the pair ${pair}, so this one stopped at once.`,
    next: 'Nothing is lost: whoever has the pair goes on where it stood. Start it again if nobody does.',
  }),
  'lease.held': ({ pair, engine, until }) => ({
    message: `The pair ${pair} is being worked on by the engine ${engine}, which holds it until ${until}.`,
    next: 'Wait for it, or stop the job there. If that engine is dead, the pair is free after that time.',
  }),
  'file.unreadable': ({ file, cause }) => ({
    message: `The file ${quoted(file)} can't be read${said(cause)}`,
    next: 'Check the path and its permissions.',
  }),
  'file.unwritable': ({ file, cause }) => ({
    message: `The file ${quoted(file)} can't be written${said(cause)}`,
    next: 'Check that its folder exists, may be written to and has room.',
  }),
} satisfies Partial<Words>
