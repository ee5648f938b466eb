import { svg, type TemplateResult } from 'lit'

const width = 600
const height = 80

/** A line of samples, the oldest first. What it says is said in words too. */
export function lineChart(samples: readonly number[], label: string): TemplateResult {
  const most = Math.max(...samples, 1)
  const step = samples.length > 1 ? width / (samples.length - 1) : 0
  const points = samples.map((sample, at) => `${(at * step).toFixed(1)},${(height - 2 - (sample / most) * (height - 4)).toFixed(1)}`)
  const line = points.join(' ')
  return svg`<svg class="chart" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${label}>
    <polygon class="area" points="0,${height} ${line} ${((samples.length - 1) * step).toFixed(1)},${height}"></polygon>
    <polyline class="line" points=${line} vector-effect="non-scaling-stroke"></polyline>
  </svg>`
}
