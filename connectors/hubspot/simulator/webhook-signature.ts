import { createHash, createHmac } from 'node:crypto';

/** What HubSpot puts beside a delivery to prove that it is the sender, in the present form and in the oldest. */
export function signatureHeaders(
  secret: string,
  url: string,
  body: string,
  at: Date,
): Readonly<Record<string, string>> {
  const timestamp = String(at.getTime());
  const signed = `POST${decoded(url)}${body}${timestamp}`;
  return {
    'X-HubSpot-Signature-v3': createHmac('sha256', secret).update(signed).digest('base64'),
    'X-HubSpot-Request-Timestamp': timestamp,
    'X-HubSpot-Signature': createHash('sha256').update(`${secret}${body}`).digest('hex'),
    'X-HubSpot-Signature-Version': 'v1',
  };
}

const decodedCharacters = new Set(":/?@!$'()*,;");

/**
 * The address with these characters decoded, and no others:
 * https://developers.hubspot.com/docs/api/webhooks/validating-requests
 */
function decoded(url: string): string {
  return url.replace(/%[0-9A-F]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return decodedCharacters.has(character) ? character : code;
  });
}
