import { call } from './call.ts';

/** Shows again that it is oneself. @throws Problem with status 400 when it is not right, 429 after too many tries */
export const confirmMe = (given: { password: string } | { code: string }) => call('POST', '/confirm', { body: given });
