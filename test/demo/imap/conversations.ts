import type { Person } from '../../support/corpus/company.ts'
import type { SeedMessage } from '../../support/mailbox.ts'
import type { Random } from '../../support/random.ts'

/** A message between colleagues: one copy with whoever wrote it, one with each reader. */
export interface Letter {
  readonly from: Person
  readonly to: readonly Person[]
  readonly message: SeedMessage
}

const subjects = [
  'Offer for the Bergen ferry terminal',
  'Besprechung am Dienstag',
  'Congés d’été',
  'Отчёт за третий квартал',
  '会議の議事録',
  'Presupuesto 2027 · borrador',
] as const

const lines = [
  'I have put the figures into the shared folder.',
  'Passt mir gut, danke für die schnelle Antwort!',
  'D’accord, je m’en occupe avant vendredi.',
  'Спасибо, всё получил.',
  '承知しました。よろしくお願いいたします。',
  'De acuerdo, lo reviso mañana por la mañana.',
] as const

/** A thread of replies (RFC 5322, 3.6.4) among a few people of the company, minutes to days apart. */
export function* conversation(random: Random, people: readonly [Person, ...Person[]], started: Date): Generator<Letter> {
  const members = [...new Set([random.pick(people), random.pick(people), random.pick(people)])]
  const subject = random.pick(subjects)
  const references: string[] = []
  let sent = started.getTime() - (started.getTime() % 1000)
  for (let turn = random.between(2, 5); turn > 0; turn--) {
    const from = members[references.length % members.length] ?? people[0]
    const to = members.filter(member => member !== from)
    const id = `<${random.bytes(9).toString('base64url')}@fjord.example>`
    const head = [
      `From: ${mailAddress(from)}`,
      `To: ${(to.length > 0 ? to : [from]).map(mailAddress).join(',\r\n\t')}`,
      `Subject: ${encodedWord(references.length === 0 ? subject : `Re: ${subject}`)}`,
      `Date: ${new Date(sent).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${id}`,
      ...(references.length === 0 ? [] : [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join('\r\n\t')}`]),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
    ]
    const body = `${head.join('\r\n')}\r\n\r\n${random.pick(lines)}\r\n\r\n${from.name}\r\n`
    yield { from, to, message: { body, received: new Date(sent) } }
    references.push(id)
    sent += random.between(5, 3000) * 60_000
  }
}

const mailAddress = ({ name, user }: Person): string => `${encodedWord(name)} <${user}>`

/** RFC 2047. */
const encodedWord = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`)
