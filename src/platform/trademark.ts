/** Stands in small print wherever the question of the Net Promoter Score is asked; in English everywhere. */
export const npsTrademark =
  'Net Promoter®, NPS®, NPS Prism®, and the NPS-related emoticons are registered trademarks, and Net Promoter Score℠ and Net Promoter System℠ are service marks, of Bain & Company, Inc., NICE Satmetrix, and Fred Reichheld';
