import type { Language } from '../../domain/language.ts'
import type { ListedItem, ReasonCount } from './model.ts'
import { otherAnswers } from './reasonText.ts'

/** Different sentences of one code, e.g. for sizes, are summed up under the first few of them; the rest goes under the code's last line. */
const mostSentences = 20

/** How often each reason occurs, most frequent first. */
export async function countReasons(language: Language, pages: AsyncIterable<readonly ListedItem[]>): Promise<ReasonCount[]> {
  const reasons = new Map<string, ReasonCount>()
  const sentences = new Map<string, number>()
  for await (const page of pages) {
    for (const { outcome, code, reason, size } of page) {
      const exact = `${outcome} ${code} ${reason}`
      const isNew = !reasons.has(exact)
      const known = sentences.get(`${outcome} ${code}`) ?? 0
      const isMany = isNew && known >= mostSentences
      const key = isMany ? `${outcome} ${code}` : exact
      if (isNew && !isMany) sentences.set(`${outcome} ${code}`, known + 1)
      const before = reasons.get(key) ?? { outcome, code, reason: isMany ? otherAnswers(language) : reason, items: 0, bytes: 0 }
      reasons.set(key, { ...before, items: before.items + 1, bytes: before.bytes + size })
    }
  }
  return [...reasons.values()].toSorted((a, b) => b.items - a.items)
}
