import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { missingScopes, Refusal } from './refusals.ts';

type Thread = { id: string; associatedContactId: string; spam: boolean };

export type Threads = {
  /** @returns the thread's id */
  add(thread: Omit<Thread, 'id'>): string;
  find(id: string): Thread | undefined;
  /** Whether the app was granted `conversations.read`. */
  readable: boolean;
};

export function createThreads(): Threads {
  const threads: Thread[] = [];
  return {
    readable: true,
    add: (thread) => threads[threads.push({ ...thread, id: String(8_100_001 + threads.length) }) - 1]?.id ?? '',
    find: (id) => threads.find((thread) => thread.id === id),
  };
}

/** `/conversations/conversations/<version>`: conversations, which tickets may have come of. */
export function threadRoutes(threads: Threads, clock: () => Date): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/threads/:id', (request, response) => {
    readQuery(request, ['archived', 'association', 'property']);
    if (!threads.readable) throw missingScopes(['conversations.read']);
    const thread = threads.find(request.params.id);
    if (!thread) throw new Refusal(404, 'Thread not found', { category: 'OBJECT_NOT_FOUND' });
    const createdAt = clock().toISOString();
    response.json({ ...thread, archived: false, status: 'OPEN', inboxId: '1', originalChannelId: '1002', createdAt });
  });
  return router;
}
