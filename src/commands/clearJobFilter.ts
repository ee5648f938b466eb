import type { App } from './app.ts'

export function clearJobFilter({ views, setContext }: App): void {
  views.filterJobs({}, '')
  setContext('mailferry.jobsFiltered', false)
}
