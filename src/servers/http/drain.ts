import type { HttpResponse } from './httpConnection.ts'

/** Reads an answer nobody needs to its end, so that its connection can go on. */
export async function drain({ body }: HttpResponse): Promise<void> {
  for await (const _ of body);
}
