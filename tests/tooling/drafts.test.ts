import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { forms } from '../browser/forms.ts';

// Nothing that somebody types is lost: a form keeps a draft until it is sent or thrown away. So whatever has a field
// keeps one itself, is a part of a form that does, or stands here with the reason why there is nothing to lose.

const root = join(import.meta.dirname, '../..');
const fields =
  /^(Input|Textarea|Select|Combobox|Dropdown|Checkbox|RadioGroup|Switch|SpinButton|Slider|SearchBox|DatePicker|TimePicker|RatingInput|Rating|TagPicker|RichTextField|PeopleField|MentionField|MemberChoice|Choice|ComboBox|input|textarea|select)$/;
const keepers = /^use(Draft|VersionedEdit)$/;

/** Fields that belong to a form, by the component that keeps what is typed into them. */
const parts: Readonly<Record<string, string>> = {
  'agenda/question-panel.tsx QuestionForm': 'agenda/question-panel.tsx QuestionPanel',
  'charter/conflict-chooser.tsx ConflictChooser': 'charter/section-editor.tsx SectionEditor',
  'components/clash-sides.tsx ClashSides': 'plan/action-panel.tsx ActionPanel',
  'digest/words-form.tsx ChosenTime': 'digest/draft-panel.tsx DraftPanel',
  'digest/words-form.tsx WordsForm': 'digest/draft-panel.tsx DraftPanel',
  'events/agenda-builder.tsx AgendaBuilder': 'events/event-panel.tsx Opened',
  'events/event-form.tsx EventForm': 'events/event-panel.tsx Opened',
  'library/resource-form.tsx ResourceForm': 'library/resource-panel.tsx EditPanel',
  'plan/action-form.tsx ActionForm': 'plan/action-panel.tsx ActionPanel',
  'plan/action-links.tsx AddLink': 'plan/action-links.tsx ActionLinks',
  'plan/due-in-title.tsx DueInTitle': 'plan/add-form.tsx AddForm',
  'plan/due-words.tsx DueWords': 'plan/action-panel.tsx ActionPanel',
  'plan/mention-field.tsx MentionField': 'plan/comment-writer.tsx CommentWriter',
  'roles/term-fields.tsx TermFields': 'roles/term-form.tsx TermForm',
  'settings/days-off-fields.tsx CountryFields': 'settings/settings-form.tsx SettingsForm',
  'settings/days-off-fields.tsx QuietTimes': 'settings/settings-form.tsx SettingsForm',
  'settings/settings-fields.tsx BasicFields': 'settings/settings-form.tsx SettingsForm',
  'settings/settings-fields.tsx DigestFields': 'settings/settings-form.tsx SettingsForm',
  'settings/settings-fields.tsx SurveyFields': 'settings/settings-form.tsx SettingsForm',
  'settings/settings-fields.tsx WeekFields': 'settings/settings-form.tsx SettingsForm',
  'settings/time-zone-field.tsx TimeZoneField': 'settings/settings-form.tsx SettingsForm',
  'settings/week-rhythm.tsx WeekRhythm': 'settings/settings-form.tsx SettingsForm',
  'surveys/answer-form.tsx QuestionField': 'surveys/answer-form.tsx AnswerForm',
  'surveys/audience-field.tsx AudienceField': 'surveys/survey-editor.tsx SurveyEditor',
  'surveys/question-editor.tsx QuestionEditor': 'surveys/survey-editor.tsx SurveyEditor',
};

const isField = 'is a field: whoever puts it into a form keeps what is typed';
const looks = 'chooses what is looked at, and changes nothing';
const atOnce = 'is saved by the very press';
const chosen = 'is chosen by one press, and saved by the next, beside it';
/** Fields that need no draft, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'administration/communities.tsx AdministrationCommunities': looks,
  'agenda/next-ways.tsx PlanEvent': chosen,
  'agenda/next-ways.tsx SendScouts': chosen,
  'charter/section-history.tsx SectionHistory': looks,
  'components/check-boxes.tsx CheckBoxes': isField,
  'components/choice.tsx Choice': isField,
  'components/combo-box.tsx ComboBox': isField,
  'components/log-filters.tsx LogFilters': looks,
  'components/log-screen.tsx LogScreen': looks,
  'components/member-choice.tsx MemberChoice': isField,
  'components/people-field.tsx PeopleField': isField,
  'components/rich-text/as-typed.tsx AsTyped': isField,
  'components/topics-field.tsx TopicsField': isField,
  'components/rich-text/link-form.tsx LinkForm': 'is an address on its way into a text, which is kept',
  'digest/drafts.tsx Drafts': looks,
  'events/answer-buttons.tsx AnswerButtons': atOnce,
  'events/report-panel.tsx Found': 'says who is whom in a file that is read again',
  'events/report-panel.tsx ReportPanel': 'takes a file',
  'frames/config-page.tsx ConfigPage': 'is a page of Teams, which has one field and the button Save',
  'library/library-screen.tsx LibraryScreen': looks,
  'plan/action-steps.tsx StepRow': atOnce,
  'plan/choose-box.tsx ChooseBox': 'chooses cards',
  'plan/filter-bar.tsx FilterBar': looks,
  'plan/plan-list.tsx DueInput': 'is saved when it is left',
  'plan/plan-list.tsx Head': 'chooses rows',
  'plan/plan-list.tsx PlanList': looks,
  'plan/plan-list.tsx Row': atOnce,
  'plan/several-bar.tsx SeveralBar': atOnce,
  'privacy/messages-to-me.tsx MessagesToMe': atOnce,
};

interface Component {
  readonly name: string;
  readonly hasFields: boolean;
  readonly keeps: boolean;
  /** The names of the drafts it keeps, or has another keep, with `*` for what differs. */
  readonly things: readonly string[];
}

const components = globSync('tabs/**/*.{ts,tsx}', { cwd: root }).flatMap(componentsIn);

test('whatever has a field keeps a draft, or says why it need not', () => {
  const bare = components.filter(({ hasFields, keeps }) => hasFields && !keeps).map(({ name }) => name);

  expect(bare.toSorted()).toEqual([...Object.keys(parts), ...Object.keys(exceptions)].toSorted());
});

test.each(Object.entries(parts))('%s is a part of what keeps a draft', (_part, whole) => {
  expect(components).toContainEqual(expect.objectContaining({ name: whole, keeps: true }));
});

describe('every draft is typed, found again and sent in a browser', () => {
  test('each by a form of that test', () => {
    const things = new Set(components.flatMap(component => component.things));

    expect([...things].toSorted()).toEqual([...new Set(forms.map(({ keeps }) => keeps))].toSorted());
  });
});

/** The functions at the top of a file, with what they show and keep. */
function componentsIn(file: string): readonly Component[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.map(statement => {
    let [hasFields, keeps] = [false, false];
    const things: string[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isJsxOpeningLikeElement(node) && fields.test(node.tagName.getText())) {
        const readOnly = node.attributes.properties.some(
          each => ts.isJsxAttribute(each) && each.name.getText() === 'readOnly' && each.initializer === undefined,
        );
        hasFields ||= !readOnly;
      }
      if (ts.isCallExpression(node) && keepers.test(node.expression.getText())) keeps = true;
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'thing') things.push(...textsIn(node.initializer));
      if (ts.isJsxAttribute(node) && node.name.getText() === 'thing' && node.initializer)
        things.push(...textsIn(node.initializer));
      ts.forEachChild(node, look);
    };
    look(statement);
    return { name: `${file.replace(/^tabs\/(features\/)?/, '')} ${nameOf(statement)}`, hasFields, keeps, things };
  });
}

/** What a function, or a value such as one of `memo`, is called. */
function nameOf(statement: ts.Statement): string {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text ?? '';
  return ts.isVariableStatement(statement) ? (statement.declarationList.declarations[0]?.name.getText() ?? '') : '';
}

/** The texts that an expression can be. */
function textsIn(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [
      node
        .getText()
        .slice(1, -1)
        .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '*'),
    ];
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  return ts.isJsxExpression(node) && node.expression ? textsIn(node.expression) : [];
}
