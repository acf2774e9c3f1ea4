/** The account that the simulator is; the same after every start, as a real one would be. */
export const account = {
  portalId: 48_151_623,
  accountType: 'STANDARD',
  timeZone: 'Asia/Tokyo',
  companyCurrency: 'JPY',
  additionalCurrencies: [],
  utcOffset: '+09:00',
  utcOffsetMilliseconds: 32_400_000,
  uiDomain: 'app.hubspot.com',
  dataHostingLocation: 'na1',
} as const;

/** The app whose token and webhooks these are. */
export const appId = 7_204_118;
