export { type Random, seeded } from '../../src/sandbox/random.ts'
