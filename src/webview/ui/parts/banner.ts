import { html, type TemplateResult } from 'lit'

const marks = { info: 'ℹ', warning: '⚠', error: '✗' } as const

export const banner = (level: keyof typeof marks, content: TemplateResult | string): TemplateResult => html`
  <div class="banner ${level}" role=${level === 'error' ? 'alert' : 'status'}>
    <span aria-hidden="true">${marks[level]}</span>
    <div>${content}</div>
  </div>
`
