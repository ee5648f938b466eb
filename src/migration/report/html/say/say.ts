import type { Language } from '../../../../domain/language.ts'
import type { ContentFormat } from '../../../../domain/mail.ts'
import type { NotExamined } from '../../../../domain/notExamined.ts'
import type { PairState } from '../../../../domain/pair.ts'
import type { Outcome, Report } from '../../model.ts'

/** Everything that the page says, in one language. Amounts come as they are said there: `1,234`, `12.5 MB`, `3 messages`. */
export interface Say {
  readonly language: Language
  count(number: number): string
  size(bytes: number): string
  messages(number: number): string
  folders(number: number): string
  items(number: number): string
  readonly title: string
  readonly footer: string
  readonly alreadyThere: (messages: string) => string
  readonly leftOut: (messages: string) => string
  readonly verdicts: {
    readonly complete: readonly [title: string, text: (messages: string) => string]
    readonly differences: readonly [title: string, text: (messages: string) => string]
    readonly incomplete: readonly [title: string, text: (mailboxes: string) => string]
  }
  readonly none: string
  readonly figures: {
    readonly title: string
    readonly through: string
    readonly inSource: string
    readonly carried: string
    readonly readBack: string
    readonly notMigrated: string
    readonly of: (number: string) => string
  }
  readonly facts: {
    readonly title: string
    readonly from: string
    readonly to: string
    readonly later: string
    readonly filters: string
    readonly content: string
    readonly defined: string
    readonly notExamined: string
    readonly report: string
    readonly fromLedger: (version: string) => string
    readonly notVerified: string
    readonly verified: string
  }
  readonly notExamined: Readonly<Record<NotExamined, string>>
  /** Where forwarding and permissions are carried over by a script. */
  readonly scripts: (job: string) => string
  readonly formats: Readonly<Record<ContentFormat, string>>
  readonly unproven: string
  readonly asGiven: string
  readonly inFormat: (items: string, format: string) => string
  readonly policies: Readonly<Record<Report['job']['policy'], string>>
  readonly filters: {
    readonly from: (date: string) => string
    readonly before: (date: string) => string
    readonly only: (folders: string) => string
    readonly without: (folders: string) => string
    readonly types: (types: string) => string
    readonly upTo: (size: string) => string
    readonly deleted: string
    readonly none: string
  }
  readonly reasons: {
    readonly title: string
    readonly caption: string
    readonly reason: string
    readonly outcome: string
    readonly messages: string
  }
  readonly table: {
    readonly mailboxes: string
    readonly caption: string
    readonly mailbox: string
    readonly state: string
    readonly inSource: string
    readonly inTarget: string
    readonly size: string
    readonly notMigrated: string
    readonly leftOut: string
    readonly together: string
    readonly each: string
    readonly folder: string
    readonly foldersOf: (mailbox: string) => string
    readonly messagesOf: (mailbox: string) => string
    readonly key: string
    readonly received: string
    readonly completed: string
    readonly readBack: (done: string, messages: string) => string
  }
  readonly states: Readonly<Record<PairState['state'], string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
}
