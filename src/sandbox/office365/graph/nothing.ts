import type { Answer } from '../../http/answer.ts'

/** 204, or another answer without a body. */
export const nothing = (status = 204): Answer => ({ status, headers: {}, body: Buffer.alloc(0) })
