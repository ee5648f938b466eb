import { setTimeout as sleep } from 'node:timers/promises'

/** Rejects where it doesn't come true within seconds. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const end = Date.now() + ms
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it never came true')
    await sleep(10)
  }
}
