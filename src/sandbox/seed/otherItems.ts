import { escapeXml } from '../autodiscover/xml.ts'
import type { DistinguishedFolder } from '../exchange/language.ts'
import type { Random } from '../random.ts'
import type { Correspondent } from './mail.ts'
import { anyLanguage, sentences } from './words.ts'

/** What isn't mail: the item as CreateItem takes it, in the order of the schema. */
export interface SeedOther {
  readonly kind: 'other'
  readonly folder: DistinguishedFolder
  readonly xml: string
}

export interface OtherOptions {
  readonly colleagues: readonly Correspondent[]
  readonly messages: number
  readonly until: Date
}

const day = 24 * 3600 * 1000

/** Appointments, contacts, tasks and notes, in proportion to the mail. */
export function* otherItems(random: Random, { colleagues, messages, until }: OtherOptions): Generator<SeedOther> {
  const times = (share: number): number => Math.ceil(messages * share)
  for (let number = 0; number < times(0.06); number++) yield { kind: 'other', folder: 'calendar', xml: appointment(random, until) }
  for (const person of colleagues.slice(0, times(0.03))) yield { kind: 'other', folder: 'contacts', xml: contact(random, person) }
  for (let number = 0; number < times(0.01); number++) yield { kind: 'other', folder: 'tasks', xml: task(random, until) }
  for (let number = 0; number < times(0.01); number++) yield { kind: 'other', folder: 'notes', xml: note(random) }
}

const tag = (name: string, text: string): string => `<t:${name}>${escapeXml(text)}</t:${name}>`
const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
const body = (text: string): string => `<t:Body BodyType="Text">${escapeXml(text)}</t:Body>`

function appointment(random: Random, until: Date): string {
  const language = anyLanguage(random)
  const start = until.getTime() - Math.floor(random.next() * 1500) * day + random.between(7, 17) * 3_600_000 + 60 * day
  const allDay = random.next() < 0.1
  const whole = start - (start % day)
  const [from, to] = allDay
    ? [whole, whole + day]
    : [start - (start % 1_800_000), start - (start % 1_800_000) + random.between(1, 4) * 1_800_000]
  const recurring = random.next() < 0.08
  return `<t:CalendarItem>${tag('Subject', random.pick(language.subjects))}${body(sentences(random, language, 2))}${tag('Start', iso(from))}${tag(
    'End',
    iso(to),
  )}${tag('IsAllDayEvent', String(allDay))}${tag('LegacyFreeBusyStatus', random.pick(['Busy', 'Tentative', 'OOF', 'Free']))}${tag(
    'Location',
    random.pick(['Raum 2.14', 'Salle Molière', 'Teams', '会議室 3']),
  )}${
    recurring
      ? `<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>${random.pick(['Monday', 'Tuesday', 'Friday'])}</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence>${tag(
          'StartDate',
          iso(from).slice(0, 10),
        )}<t:NumberOfOccurrences>12</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>`
      : ''
  }</t:CalendarItem>`
}

function contact(random: Random, { name, address }: Correspondent): string {
  const [given = '', ...family] = name.split(' ')
  return `<t:Contact>${tag('FileAs', `${family.join(' ')}, ${given}`)}${tag('DisplayName', name)}${tag('GivenName', given)}${tag(
    'CompanyName',
    random.pick(['Müller & Söhne', 'Atelier Lefèvre', '日本商事']),
  )}<t:EmailAddresses><t:Entry Key="EmailAddress1">${escapeXml(address)}</t:Entry></t:EmailAddresses><t:PhoneNumbers><t:Entry Key="MobilePhone">+49 30 ${random.between(
    100_000,
    999_999,
  )}</t:Entry></t:PhoneNumbers>${tag('JobTitle', random.pick(['Einkauf', 'Direction', 'Sales']))}${tag('Surname', family.join(' '))}</t:Contact>`
}

function task(random: Random, until: Date): string {
  const language = anyLanguage(random)
  const done = random.next() < 0.5
  return `<t:Task>${tag('Subject', random.pick(language.subjects))}${body(sentences(random, language, 1))}${tag(
    'DueDate',
    iso(until.getTime() + random.between(-300, 60) * day),
  )}${done ? tag('PercentComplete', '100') : ''}${tag('Status', done ? 'Completed' : 'InProgress')}</t:Task>`
}

function note(random: Random): string {
  const language = anyLanguage(random)
  return `<t:Message>${tag('ItemClass', 'IPM.StickyNote')}${tag('Subject', random.pick(language.subjects))}${body(
    sentences(random, language, 1),
  )}</t:Message>`
}

/** The request by which its owner creates the item; nobody is invited to anything. */
export const createRequest = ({ folder, xml }: SeedOther): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2010_SP1"/></s:Header><s:Body><m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><m:SavedItemFolderId><t:DistinguishedFolderId Id="${folder}"/></m:SavedItemFolderId><m:Items>${xml}</m:Items></m:CreateItem></s:Body></s:Envelope>`
