import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const place = join(import.meta.dirname, '../../test-results/e2e')

/** Keeps pictures of a story's stations for people to look at, numbered in their order. */
export function takePictures(page: () => Page, story = ''): (title: string) => Promise<void> {
  let count = 0
  mkdirSync(join(place, story), { recursive: true })
  return async title => {
    count += 1
    await page().screenshot({ path: join(place, story, `${String(count).padStart(2, '0')} ${title.replaceAll(/[^\w ,-]/g, '')}.png`) })
  }
}
