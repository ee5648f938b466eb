import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MailferryError } from '../../domain/errors.ts'
import { foldersCsv, itemsCsv } from './csvText.ts'
import { htmlText } from './html/htmlText.ts'
import { jsonText } from './jsonText.ts'
import type { Report } from './model.ts'

/** Each leaves `out` ended. They wait for whoever reads slowly, and hold one page of items at a time. */
export const writeJson = (report: Report, out: Writable): Promise<void> => write(jsonText(report), out)
export const writeHtml = (report: Report, out: Writable): Promise<void> => write(htmlText(report), out)
export const writeCsv = (report: Report, out: Writable): Promise<void> => write(foldersCsv(report), out)
export const writeItemsCsv = (report: Report, out: Writable): Promise<void> => write(itemsCsv(report), out)

const write = (text: AsyncIterable<string>, out: Writable): Promise<void> => pipeline(Readable.from(text), out)

export type ReportFormat = 'json' | 'csv' | 'html'

/** The format a file's name asks for; `usage` for any other. */
export function formatOf(file: string): ReportFormat {
  const extension = extname(file).slice(1).toLowerCase()
  if (extension === 'json' || extension === 'csv' || extension === 'html') return extension
  if (extension === 'htm') return 'html'
  throw new MailferryError('usage', { detail: `a report is a .json, .csv or .html file, and ${basename(file)} is none of them` })
}

/**
 * Writes a report into a file and answers what it wrote; CSV has two tables, so `report.csv` with the folders comes with `report.items.csv`.
 * A file that is there already is replaced when the new one is complete, not before. Throws `file.unwritable`.
 */
export async function saveReport(report: Report, file: string, format: ReportFormat = formatOf(file)): Promise<readonly string[]> {
  const path = resolve(file)
  const itemsPath = join(dirname(path), `${basename(path, extname(path))}.items${extname(path)}`)
  const parts: readonly (readonly [string, AsyncIterable<string>])[] = {
    json: () => [[path, jsonText(report)] as const],
    html: () => [[path, htmlText(report)] as const],
    csv: () => [[path, foldersCsv(report)] as const, [itemsPath, itemsCsv(report)] as const],
  }[format]()
  for (const [at, text] of parts) await replaceFile(at, text)
  return parts.map(([at]) => at)
}

/** Writes a file beside what is there, and puts it in its place when it is complete. Throws `file.unwritable`. */
export async function replaceFile(path: string, text: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    await mkdir(dirname(path), { recursive: true })
    await write(text, createWriteStream(partial))
    await rename(partial, path)
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => undefined)
    if (thrown instanceof Error && 'syscall' in thrown)
      throw new MailferryError('file.unwritable', { file: path, cause: thrown.message }, { cause: thrown })
    throw thrown
  }
}
