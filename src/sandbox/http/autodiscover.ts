import { answerJson } from '../autodiscover/json.ts'
import type { AutodiscoverSite } from '../autodiscover/lookUp.ts'
import { answerPox } from '../autodiscover/pox.ts'
import { answerSoap } from '../autodiscover/soap.ts'
import type { Answer } from './answer.ts'

export type AutodiscoverKind = 'pox' | 'soap' | 'json'

/** Which of the flavours a URL is for; those a server of this age hasn't are none. */
export function autodiscoverKind({ organisation: { version } }: AutodiscoverSite, { pathname }: URL): AutodiscoverKind | undefined {
  if (/^\/autodiscover\/autodiscover\.xml$/i.test(pathname)) return 'pox'
  if (/^\/autodiscover\/autodiscover\.svc$/i.test(pathname)) return 'soap'
  // Version 2 came with Exchange 2016.
  const has2016 = version.major > 15 || (version.major === 15 && version.minor >= 1)
  return has2016 && /^\/autodiscover\/autodiscover\.json(\/v1\.0\/[^/]+)?$/i.test(pathname) ? 'json' : undefined
}

export function answerAutodiscover(site: AutodiscoverSite, kind: AutodiscoverKind, url: URL, body: Buffer): Answer {
  switch (kind) {
    case 'json':
      return answerJson(site, url)
    case 'pox':
      return answerPox(site, body)
    case 'soap':
      return answerSoap(site, body)
  }
}
