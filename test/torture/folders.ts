/** Folder names that are hard for somebody: a server, an encoding, a file system, another server's delimiter. */
export interface TortureFolder {
  readonly what: string
  readonly path: readonly string[]
}

export const tortureFolders = (): TortureFolder[] => [
  { what: '60 levels', path: Array.from({ length: 60 }, (_, at) => `l${at + 1}`) },
  { what: 'a name of 200 characters', path: ['n'.repeat(200)] },
  { what: 'a name in Greek, long enough to be longer than its file name', path: ['Αλληλογραφία με τον σύνδεσμο αποφοίτων'] },
  ...scripts.map(name => ({ what: `a name in its own script: ${name}`, path: ['Γλώσσες', name] })),
  ...[...oddCharacters].map(character => ({ what: `a name with ${character}`, path: ['Odd', `before ${character} after`] })),
  { what: 'the other delimiter in the name', path: ['Version 1.2', 'Notes v.3'] },
  { what: 'spaces at both ends', path: [' spaced '] },
  { what: 'dots alone', path: ['...'] },
  { what: 'a name that is a number', path: ['2024'] },
  { what: 'a name that is NIL', path: ['NIL'] },
  { what: 'names that differ in case only, first', path: ['Case', 'projects'] },
  { what: 'names that differ in case only, second', path: ['Case', 'Projects'] },
  { what: 'a folder called inbox deeper down', path: ['Archive of Ann', 'inbox'] },
  { what: 'composed and decomposed, first', path: ['Umlaut', 'M\u00fcll'] },
  { what: 'composed and decomposed, second', path: ['Umlaut', 'Mu\u0308ll'] },
]

const scripts = [
  'Ελληνικά',
  'Русский',
  '日本語のメール',
  '中文郵件',
  '한국어',
  'עברית',
  'العربية',
  'हिन्दी',
  'ไทย',
  'Türkçe İı',
  'Emoji 📬🏳️‍🌈',
  '𝔄𝔫𝔠𝔦𝔢𝔫𝔱',
]

/** Printable ASCII that means something to a protocol, a shell or a file system; `/` is the source's own delimiter. */
const oddCharacters = '&!"#$%\'()*+,-:;<=>?@[\\]^_`{|}~'
