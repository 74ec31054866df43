import { z } from 'zod';
import {
  ApprovalForm,
  AssumeForm,
  BlockListForm,
  ChecksForm,
  NetworkForm,
  SegmentForm,
  ServiceForm,
  WaiverForm,
} from './entry-forms.ts';

/** A section may be left empty, so that its entries can be commented out. */
const section = <T extends z.ZodType>(entry: T, what: string) => z.array(entry).nullish().describe(what);

/** The form of a policy file: one layer, before the files that it includes are put below it. */
export const PolicyForm = z
  .strictObject({
    version: z.literal(1).describe('Version of the form; always 1.'),
    include: section(
      z.string().trim().min(1),
      'Policy files that this one adds to, relative to it. Where two entries say different things of the same, the later counts: of included files in their order, then of this one.',
    ),
    networks: section(
      NetworkForm,
      'Networks of the organisation: segments with an address in one are internal unless told otherwise.',
    ),
    segments: section(
      SegmentForm,
      'What segments face, set instead of inferred. Of several entries that fit, the last counts.',
    ),
    services: section(ServiceForm, 'Messaging services beside the known ones.'),
    approvals: section(
      ApprovalForm,
      'Messaging that is needed, for whom, and until when. What is permitted beyond it is needless.',
    ),
    'block-lists': section(BlockListForm, 'Addresses that nothing of yours may talk to.'),
    assume: AssumeForm.nullish().describe(
      'Values for what a configuration leaves open. Reports say what rests on them.',
    ),
    waivers: section(
      WaiverForm,
      'Findings that are accepted. All fields given must fit. They are still shown, and counted apart.',
    ),
    checks: ChecksForm.nullish().describe(
      'Checks switched off or on, or the severity of their worst form; milder forms stay as much milder.',
    ),
  })
  .meta({
    title: 'brokerfence.yaml',
    description: 'The policy of brokerfence: what is yours, what is needed, what is accepted.',
  });

export type PolicyForm = z.output<typeof PolicyForm>;

const keysOf = ({ shape }: { readonly shape: object }): readonly string[] => Object.keys(shape);

const KEYS: ReadonlyMap<PropertyKey, readonly string[]> = new Map([
  ['segments', keysOf(SegmentForm)],
  ['services', keysOf(ServiceForm)],
  ['approvals', keysOf(ApprovalForm)],
  ['block-lists', keysOf(BlockListForm)],
  ['assume', keysOf(AssumeForm)],
  ['waivers', keysOf(WaiverForm)],
  ['checks', ChecksForm.keyType.options],
]);

/** The keys that may stand at a path of the form. */
export function keysAt([section]: readonly PropertyKey[]): readonly string[] {
  return section === undefined ? keysOf(PolicyForm) : (KEYS.get(section) ?? []);
}
