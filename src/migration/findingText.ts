import { bytes, count, quoted } from '../domain/errorText/words.ts'
import { describe, sentence } from '../domain/errorText.ts'
import type { Finding, FindingCode } from './preflight.ts'

const number = (value: string | number | undefined): number => Number(value ?? 0)
const text = (value: string | number | undefined): string => String(value ?? '')

const words: { readonly [Code in FindingCode]: (params: Finding['params'], folder: string) => string } = {
  'mailbox.closed': () => 'The mailbox can’t be opened.',
  'quota.short': ({ needed, room }) =>
    `The target mailbox has room for ${bytes(number(room))}, and ${bytes(number(needed))} are to be copied. Have its quota raised before the run.`,
  'quota.tight': ({ needed, room }) =>
    `The target mailbox will be nearly full: ${bytes(number(needed))} are to be copied, and there is room for ${bytes(number(room))}.`,
  'items.tooLarge': ({ items, limit }) =>
    `${count(number(items), 'message')} can’t be copied, for the target takes no message larger than ${bytes(number(limit))}. They will be listed in the report.`,
  'archive.found': ({ items }) => `${count(number(items), 'item')} of the archive will be copied into the target’s archive.`,
  'archive.intoFolder': ({ items, target }) =>
    `The target mailbox has no archive: ${count(number(items), 'item')} of the source’s will be copied into the folder ${quoted(text(target))} of the mailbox. Have its archive enabled before the run, if they are to be archived there.`,
  'folder.unreadable': (_params, folder) => `The folder ${quoted(folder)} can’t be read.`,
  'folder.notCarried': ({ items }, folder) =>
    `The folder ${quoted(folder)} holds ${count(number(items), 'item')} of a kind that can’t be carried over between these two servers. They will be listed as a difference; exclude the folder to leave it out on purpose.`,
  'folder.renamed': ({ target, because }, folder) =>
    `The folder ${quoted(folder)} will be called ${quoted(text(target))}, for ${quoted(text(because))} takes its place. Map it in the plan file to have it elsewhere.`,
  'folder.shared': ({ target, other }, folder) =>
    `The folders ${quoted(text(other))} and ${quoted(folder)} both go to ${quoted(text(target))}, as the plan says.`,
  'filters.idleGlob': ({ glob }) => `The filter ${quoted(text(glob))} matches no folder of this mailbox; is it misspelt?`,
  'filters.everything': ({ items }) =>
    `The filters leave everything out: ${count(number(items), 'message')} in the source, none to be copied.`,
  'source.empty': () => 'The source mailbox is empty.',
}

/** A finding in words, with what to do where something can be done. */
export const findingText = ({ code, params, folder = '', error }: Finding): string =>
  error === undefined
    ? words[code](params, folder)
    : `${words[code](params, folder)} ${sentence(describe({ code: error.code, params: error.params }))}`
