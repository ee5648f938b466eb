/*
 * The part of the old decorator-metadata proposal that `tsyringe`, which `@peculiar/x509` is built on, insists on at load time: values by target and key.
 * Imported before it.
 */

const values = new WeakMap<object, Map<unknown, unknown>>()

const own = (key: unknown, target: object): unknown => values.get(target)?.get(key)

if (!('getMetadata' in Reflect))
  Object.assign(Reflect, {
    defineMetadata(key: unknown, value: unknown, target: object): void {
      values.set(target, (values.get(target) ?? new Map()).set(key, value))
    },
    getOwnMetadata: own,
    getMetadata(key: unknown, target: object): unknown {
      for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
        const value = own(key, at)
        if (value !== undefined) return value
      }
      return undefined
    },
  })
