import { type Random, seeded } from '../random.ts'
import { type Correspondent, makeMail } from './mail.ts'
import { anyLanguage } from './words.ts'

const senders: readonly [Correspondent, ...Correspondent[]] = [
  { name: 'Priya Raman', address: 'priya@partner.example' },
  { name: 'Käthe Groß', address: 'kaethe@lieferant.example' },
  { name: '鈴木花子', address: 'suzuki@nippon.example' },
]

/** Mail that arrives now, unlike any that came before. */
export function newMail(random: Random, to: Correspondent, now: Date): Buffer {
  const language = anyLanguage(random)
  const from = random.pick(senders)
  const id = `new.${now.getTime().toString(36)}.${random.between(0, 0xffffffff).toString(36)}`
  return makeMail(random, {
    id,
    language,
    from,
    to: [to],
    subject: random.pick(language.subjects),
    sent: now,
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    kind: random.next() < 0.5 ? 'html' : 'utf8',
    attached: random.next() < 0.2 ? 5000 : 0,
  })
}

export const newMailRandom = (seed: number): Random => seeded(seed + 104_729)
