import type { MailboxLanguage } from '../exchange/language.ts'
import { seeded } from '../random.ts'

export interface SeedPerson {
  readonly displayName: string
  /** Local part of the address. */
  readonly local: string
  readonly password: string
  readonly givenName?: string
  readonly surname?: string
  readonly jobTitle?: string
  readonly department?: string
  /** Language of the mailbox; English unless said. */
  readonly language?: MailboxLanguage
}

type Names = readonly [string, ...string[]]

/** Given and family names by country, with the language in which people there are likely to have opened their mailbox. */
const countries: readonly [Country, ...Country[]] = [
  {
    language: 'de',
    given: ['Anna', 'Jürgen', 'Käthe', 'Björn', 'Zoë'],
    family: ['Weiß', 'Müller-Lüdenscheidt', 'Groß', 'Schröder', 'Özdemir'],
  },
  { language: 'en', given: ['Ben', 'Grace', 'Priya', 'Seán'], family: ['Carter', 'Okafor', 'Raman', 'O’Brien'] },
  { language: 'fr', given: ['François', 'Hélène', 'Loïc', 'Chloé'], family: ['Noël', 'Lefèvre', 'd’Aramitz', 'Bœuf'] },
  { language: 'nb', given: ['Håkon', 'Sølvi', 'Øystein'], family: ['Bjørnstad', 'Ødegård', 'Lærdal'] },
  { language: 'en', given: ['Hiro', 'Sakura', 'Wei', 'Ji-woo'], family: ['Tanaka', 'Yamada', 'Zhang', 'Kim'] },
  { language: 'en', given: ['Dmitri', 'Olga', 'Jan', 'Łucja'], family: ['Volkov', 'Smirnova', 'Nowak', 'Żak'] },
  { language: 'en', given: ['Inés', 'Chiara', 'Elif', 'João'], family: ['Álvarez', 'Rossi', 'Yılmaz', 'Conceição'] },
]

interface Country {
  readonly language: MailboxLanguage
  readonly given: Names
  readonly family: Names
}

const departments: Names = ['Sales', 'Finance', 'Research', 'Production', 'Human Resources', 'IT', 'Legal']
const titles: Names = ['Head', 'Assistant', 'Specialist', 'Manager', 'Trainee']

/** So many different people: the same ones for the same seed, and more of them after the same ones. */
export function companyPeople(seed: number, count: number): SeedPerson[] {
  const random = seeded(seed * 7919)
  const taken = new Map<string, number>()
  return Array.from({ length: count }, (_, index) => {
    const country = countries[index % countries.length] ?? countries[0]
    const [givenName, surname] = [random.pick(country.given), random.pick(country.family)]
    const plain = asLocalPart(`${givenName}.${surname}`)
    const namesakes = (taken.get(plain) ?? 0) + 1
    taken.set(plain, namesakes)
    const number = namesakes === 1 ? '' : String(namesakes)
    return {
      displayName: `${givenName} ${surname}${number && ` ${number}`}`,
      local: plain + number,
      password: `Ferry-${index + 1}-${plain.split('.')[0] ?? ''}`,
      givenName,
      surname,
      department: random.pick(departments),
      jobTitle: random.pick(titles),
      language: country.language,
    }
  })
}

const replaced: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', ı: 'i', å: 'a' }

/** As mail administrators write names in addresses. */
const asLocalPart = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[ßøæœłıå]/g, letter => replaced[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z.-]/g, '')
