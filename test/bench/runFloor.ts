import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Endpoint, type FloorState, floorCopy } from './floor.ts'

/** node runFloor.ts SETTINGS: the floor as a process of its own, so that it is measured as its peers are. */
interface Settings {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly state: string
}

const settings: Settings = JSON.parse(process.argv[2] ?? '')
const before: FloorState = existsSync(settings.state) ? JSON.parse(readFileSync(settings.state, 'utf8')) : {}
writeFileSync(settings.state, JSON.stringify(await floorCopy(settings.from, settings.to, before)))
