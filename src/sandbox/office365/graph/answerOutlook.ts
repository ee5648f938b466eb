import type { Answer } from '../../http/answer.ts'
import type { Office365Site } from '../site.ts'
import { errorAnswer } from './answerGraph.ts'
import type { GraphRequest } from './call.ts'
import { asGraphError, itemNotFound } from './graphError.ts'
import { importItem, readImportSession } from './importExport/importItem.ts'
import { continueUpload, findUpload } from './mail/uploads.ts'

/** Answers at the host of pre-authenticated URLs: imports of items, and large attachments. Both count as their mailbox's requests. */
export function answerOutlook(site: Office365Site, { method, url, headers, body }: GraphRequest): Answer {
  const { throttle, tenant } = site
  try {
    const path = decodeURIComponent(url.pathname)
    if (method === 'POST' && path.endsWith('/importItem')) {
      const session = readImportSession(site, new URL(`${url.origin}${path}${url.search}`), headers)
      const admitted = throttle.admit(session.appId, session.userId, body.length)
      try {
        return importItem(site, session, body)
      } finally {
        admitted.release()
      }
    }
    const [, id] = /\/AttachmentSessions\('([^']+)'\)$/.exec(path) ?? []
    if (id === undefined) throw itemNotFound()
    const request = { method, id, token: url.searchParams.get('authtoken'), headers, body }
    const session = findUpload(site, request)
    const admitted = throttle.admit(session.appId, session.userId, body.length)
    try {
      return continueUpload(site, session, request)
    } finally {
      admitted.release()
    }
  } catch (error) {
    const known = asGraphError(error)
    if (known) return errorAnswer(known, tenant.organisation.now(), headers['client-request-id'])
    throw error
  }
}
