import type { ErrorCode, ErrorParams } from '../domain/errors.ts'
import { describe, type ErrorText } from '../domain/errorText.ts'
import { describeInGerman } from '../domain/german/describe.ts'
import { type BookName, inGerman } from '../domain/german/phrases.ts'
import type { Language } from '../domain/language.ts'

/** The one function of VS Code's `l10n` that texts need. */
export interface L10n {
  t(message: string, ...values: (string | number | boolean)[]): string
}

/** How things are said to the person in front: language, numbers, times of day. */
export interface Wording {
  /** Of the engine's texts. */
  readonly language: Language
  readonly l10n: L10n
  number(value: number): string
  /** Bytes in the unit a person would say (10^6 for a megabyte). */
  size(bytes: number): string
  /** A share of 1, never rounded up to all of it. */
  percent(share: number): string
  /** Time of day of an ISO 8601 date; with the day where that isn't today. */
  time(iso: string): string
  /** Milliseconds since the epoch. */
  now(): number
  /** Date and time of an ISO 8601 date. */
  date(iso: string): string
  /** About how long, of milliseconds: in minutes, or in hours. */
  duration(ms: number): string
  /** What an error says, thrown or stored, in this language. */
  describe<Code extends ErrorCode>(error: { readonly code: Code; readonly params: ErrorParams[Code] }): ErrorText
  /** A text of the engine's own, from one of the books of such texts, in this language; moments in it as `date` tells them. */
  said(book: BookName, text: string): string
}

/** What texts need that tell no numbers, sizes or moments. */
export type Words = Pick<Wording, 'l10n' | 'describe' | 'said'>

export interface WordingOptions {
  readonly l10n: L10n
  /** BCP 47. */
  readonly locale: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** IANA; the machine's own unless given. */
  readonly timeZone?: string
}

export function createWording({ l10n, locale, now, timeZone }: WordingOptions): Wording {
  const zone = timeZone === undefined ? {} : { timeZone }
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const part = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  const share = new Intl.NumberFormat(locale, { style: 'percent' })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...zone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone })
  const isGerman = new Intl.Locale(locale).language === 'de'
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  return {
    language: isGerman ? 'de' : 'en',
    l10n,
    number: value => whole.format(value),
    size(bytes) {
      const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 1), 4)
      return `${part.format(bytes / 1000 ** power)} ${['kB', 'MB', 'GB', 'TB'][power - 1]}`
    },
    percent: value => share.format(Math.floor(value * 100) / 100),
    time(iso) {
      const at = new Date(iso)
      return day.format(at) === day.format(now()) ? clock.format(at) : full.format(at)
    },
    now,
    date: iso => full.format(new Date(iso)),
    duration(ms) {
      const minutes = Math.max(1, Math.round(ms / 60_000))
      return minutes < 120 ? l10n.t('{0} min', whole.format(minutes)) : l10n.t('{0} h', whole.format(Math.round(minutes / 60)))
    },
    describe: isGerman ? describeInGerman : describe,
    said: (book, text) =>
      (isGerman ? inGerman(book, text) : text).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment => full.format(new Date(moment))),
  }
}
