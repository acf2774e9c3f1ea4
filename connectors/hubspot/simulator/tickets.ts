import type { ObjectType } from './object-type.ts';
import { isClosed, pipelineStages } from './pipelines.ts';
import { instant } from './property-values.ts';
import type { ChangeSource, Records } from './records.ts';
import { invalidValues } from './refusals.ts';

export type TicketType = ObjectType & {
  /** Moves it to the closed stage of its pipeline, by a person's hand unless said. */
  close(id: string, source?: ChangeSource): void;
  /** Moves it back to the first stage of its pipeline. */
  reopen(id: string): void;
};

/** Tickets: always in a stage of their own pipeline, with the date of closing kept by HubSpot. */
export function ticketType(records: Records, clock: () => Date): TicketType {
  /** `closed_date` is set when a ticket enters a closed stage and emptied when it leaves it. */
  function complete(values: ReadonlyMap<string, string>, id?: string): ReadonlyMap<string, string> {
    const before = id === undefined ? undefined : records.find('tickets', id)?.properties;
    const after = new Map([...(before ?? []), ...values]);
    const stage = stageOf(after);
    if (!stage) throw notAStageOfItsPipeline();
    const wasClosed = before !== undefined && isClosedNow(before);
    if (isClosed(stage) === wasClosed) return values;
    return new Map([...values, ['closed_date', isClosed(stage) ? instant(clock()) : '']]);
  }

  function move(id: string, toClosed: boolean, source: ChangeSource = 'CRM_UI'): void {
    const pipeline = records.find('tickets', id)?.properties.get('hs_pipeline') ?? '';
    const stage = pipelineStages(pipeline).find((candidate) => isClosed(candidate) === toClosed);
    if (!stage) throw new Error(`There is no ticket ${id} that could be ${toClosed ? 'closed' : 'reopened'}.`);
    const isThere = isClosedNow(records.find('tickets', id)?.properties ?? new Map()) === toClosed;
    if (!isThere) update(id, new Map([['hs_pipeline_stage', stage.id]]), source);
  }

  const update: ObjectType['update'] = (id, values, source) =>
    records.update('tickets', id, complete(values, id), source);

  return {
    object: 'tickets',
    label: 'TICKET',
    alwaysShown: ['createdate', 'hs_lastmodifieddate', 'hs_object_id'],
    shownByDefault: [
      'content',
      'createdate',
      'hs_lastmodifieddate',
      'hs_object_id',
      'hs_pipeline',
      'hs_pipeline_stage',
      'hs_ticket_category',
      'hs_ticket_priority',
      'subject',
    ],
    find: (id) => records.find('tickets', id),
    findByOwnId: (id) => records.findByOwnId('tickets', id),
    create: (values, source) => {
      const withPipeline = new Map([['hs_pipeline', '0'], ...values]);
      return records.create('tickets', complete(withPipeline), source);
    },
    update,
    close: (id, source) => move(id, true, source),
    reopen: (id) => move(id, false),
  };
}

function stageOf(properties: ReadonlyMap<string, string>) {
  const stages = pipelineStages(properties.get('hs_pipeline') ?? '');
  return stages.find(({ id }) => id === properties.get('hs_pipeline_stage'));
}

function isClosedNow(properties: ReadonlyMap<string, string>): boolean {
  const stage = stageOf(properties);
  return stage !== undefined && isClosed(stage);
}

function notAStageOfItsPipeline() {
  return invalidValues([
    {
      message: 'The stage is not one of the stages of the pipeline.',
      code: 'INVALID_OPTION',
      context: { propertyName: ['hs_pipeline_stage'] },
    },
  ]);
}
