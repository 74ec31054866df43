import type { FileSystem } from '../sources/file-system.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import { addApproval, addWaiver, type Edit } from '../policy/edit/add-entry.ts';
import { approvalForFinding, approvalForFlow, type ApprovalDraft } from '../policy/edit/approval-for.ts';
import { validateExpires, validateName, validateOwner, validateReason } from '../policy/edit/form-fields.ts';
import { unifiedDiff } from '../policy/edit/unified-diff.ts';
import { waiverFor } from '../policy/edit/waiver-for.ts';
import { whichFile } from '../policy/edit/which-file.ts';
import { writePolicy, type Written } from '../policy/edit/write-policy.ts';
import { withOwnServices } from '../../checks/policy/settings.ts';
import { placeOfProblem } from '../yaml/problem.ts';
import { NO_POLICY, type Policy } from '../../checks/policy/policy.ts';
import { SERVICES } from '../../checks/index.ts';
import type { UiEvent } from './store/event.ts';
import type { FormDialog, Proposal, WordField, WordName } from './store/dialog.ts';

export type Proposed =
  | { readonly kind: 'proposed'; readonly form: FormDialog; readonly proposal: Proposal }
  | { readonly kind: 'not-proposed'; readonly form: FormDialog };

/** The policy file with what a form says in it, or the form with what is wrong. Nothing is written. */
export function propose(form: FormDialog, policyFile: string | undefined, today: string, files: FileSystem): Proposed {
  const loaded = policyFile === undefined ? undefined : loadPolicy(policyFile, files);
  const policy = loaded?.kind === 'policy' ? loaded.policy : NO_POLICY;
  const checked = withProblems(form, policy, today);
  if (checked.fields.some(({ problem }) => problem !== undefined)) return { kind: 'not-proposed', form: checked };
  const refused = (refusal: string): Proposed => ({ kind: 'not-proposed', form: { ...checked, refusal } });
  if (loaded?.kind === 'problems') {
    return refused(loaded.problems.map((problem) => `${placeOfProblem(problem)}: ${problem.message}`).join('\n'));
  }
  const texts = loaded?.texts ?? [];
  const file = whichFile(policyFile === undefined ? undefined : { file: policyFile, texts }, files);
  if (file.kind === 'none') return refused(file.message);
  const before = file.kind === 'existing' ? file.text : undefined;
  const edit = edited(checked, before, policy, { path: file.path, files });
  if (edit.kind === 'refused') return refused(edit.message);
  if (edit.kind === 'problems') {
    const why = edit.problems.map(({ message }) => message).join('\n');
    return refused(`${why}\n${edit.paste}`);
  }
  const lines = unifiedDiff(before, edit.text, file.path);
  const message = file.kind === 'new' ? { message: file.message } : {};
  return {
    kind: 'proposed',
    form: checked,
    proposal: { path: file.path, before, after: edit.text, lines, ...message },
  };
}

export function write({ path, before, after }: Proposal, files: FileSystem): Written {
  return writePolicy(files, path, before, after);
}

/** What the screen is told of a policy file that was written, or was not: then nothing of what was typed is lost. */
export function afterWriting(
  form: FormDialog,
  { path }: Proposal,
  written: Written,
): Extract<UiEvent, { kind: 'policy-written' | 'not-proposed' }> {
  if (written.kind === 'refused') return { kind: 'not-proposed', form: { ...form, refusal: written.message } };
  const owner = form.fields.find(({ name }) => name === 'owner')?.field.text ?? '';
  return { kind: 'policy-written', path, owner };
}

function edited(
  { wish, fields }: FormDialog,
  text: string | undefined,
  policy: Policy,
  place: { readonly path: string; readonly files: FileSystem },
): Edit | Extract<ApprovalDraft, { kind: 'refused' }> {
  const word = (name: WordName): string => fields.find((field) => field.name === name)?.field.text ?? '';
  const words = { name: word('name'), reason: word('reason'), owner: word('owner'), expires: word('expires') };
  if (wish.kind === 'waive') return addWaiver(text, waiverFor(wish.finding, words), place);
  const draft =
    wish.kind === 'approve'
      ? approvalForFinding(wish.finding, wish.segments, withOwnServices(SERVICES, policy), words)
      : approvalForFlow(wish.flow, wish.device, words);
  return draft.kind === 'refused' ? draft : addApproval(text, draft, place);
}

function withProblems(form: FormDialog, policy: Policy, today: string): FormDialog {
  const taken = policy.approvals.map(({ name }) => name);
  const problemOf = ({ name, field: { text } }: WordField): string | undefined => {
    switch (name) {
      case 'name':
        return validateName(text, taken);
      case 'reason':
        return validateReason(text);
      case 'owner':
        return validateOwner(text);
      case 'expires':
        return validateExpires(text, today);
    }
  };
  const fields = form.fields.map((each): WordField => {
    const { name, field } = each;
    const problem = problemOf(each);
    return { name, field, ...(problem === undefined ? {} : { problem }) };
  });
  const focus = fields.findIndex(({ problem }) => problem !== undefined);
  return { kind: 'form', wish: form.wish, fields, focus: focus < 0 ? form.focus : focus };
}
