import type { SectionId } from './charter.ts';

/** One section of a charter, and what helps a community to write it. */
export interface CharterSection {
  readonly id: SectionId;
  readonly title: string;
  /** One line under the title: what belongs here. */
  readonly hint: string;
  /** What a community may ask itself before it writes. */
  readonly questions: readonly string[];
  /** The document of the method these questions come from. */
  readonly source: string;
}

const considerations = 'Setting up, cultivating and managing a community of practice';
const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';

/** In the order of `sectionIds`. The questions are our own words for what the sources ask. */
export const charterSections: readonly CharterSection[] = [
  {
    id: 'scope',
    title: 'Scope',
    hint: 'What this community is about, and what it leaves to others.',
    questions: [
      'Which need brought us together, and how do we know that it is real?',
      'Which few topics are at the heart of it?',
      'What has been done about them already, here or elsewhere?',
      'What do we leave to other groups?',
    ],
    source: considerations,
  },
  {
    id: 'purpose',
    title: 'Purpose',
    hint: 'Why we exist, in two or three sentences. Newcomers read this first.',
    questions: [
      'If somebody asked at lunch why this community exists, what would you answer?',
      'Why did each of us say yes to it, and what do our reasons have in common?',
      'What would be missing if we did not exist?',
      'What can members count on getting from us?',
    ],
    source: toolkit,
  },
  {
    id: 'aims',
    title: 'Aims',
    hint: 'What we want to have reached by the next review.',
    questions: [
      'What should be different in a year, for our members and for the people they work for?',
      'What will exist that others can use: a guide, an event, an answer?',
      'What must we deliver whatever happens, and what would be lovely to have?',
      'Can we do this with the time and the skills we really have?',
    ],
    source: toolkit,
  },
  {
    id: 'members',
    title: 'Members',
    hint: 'Who this is for, and how they take part.',
    questions: [
      'Who works on these topics every day, and who else would gain from joining?',
      'May anybody join, or is an invitation needed? Why?',
      'Which experience do we have among us, and whose is missing?',
      'How can somebody with ten minutes a week take part, and how somebody with a morning?',
    ],
    source: considerations,
  },
  {
    id: 'ways-of-working',
    title: 'Ways of working',
    hint: 'Our ground rules: how we treat one another, and how we learn together.',
    questions: [
      'What helps everybody to speak up, whatever their job title?',
      'How do we disagree, so that a different view is welcome?',
      'How often do we meet, and what happens between meetings?',
      'What do we keep among ourselves, and what do we share?',
      'How will a newcomer feel welcome in the first week?',
    ],
    source: toolkit,
  },
  {
    id: 'governance',
    title: 'Governance',
    hint: 'How we decide, and whom we answer to.',
    questions: [
      'Who decides what we work on, and how does a member change that?',
      'Where do we sit in our organisation, and who expects something of us?',
      'How much does each of those people support us, and what do they need to hear?',
      'Which dates and milestones bind us?',
    ],
    source: considerations,
  },
  {
    id: 'roles',
    title: 'Roles',
    hint: 'Who looks after what. A role may be shared.',
    questions: [
      'Who steers us towards our aims, and who stands in when they are away?',
      'Who welcomes members and notices when somebody goes quiet?',
      'Who keeps what we collect useful, and who looks after this team in Microsoft Teams?',
      'Who sponsors us: speaks for us higher up, without directing us?',
      'How much time does each role take, and when do we pass it on?',
    ],
    source: toolkit,
  },
  {
    id: 'communication',
    title: 'Communication',
    hint: 'Where we talk, how often, and who hears about it.',
    questions: [
      'Where do members ask a question, and how soon does somebody answer?',
      'What goes to everybody, and how often is often enough?',
      'How do our sponsor and others around us hear how it is going?',
      'Who outside this community should know what we find out?',
    ],
    source: considerations,
  },
  {
    id: 'resources',
    title: 'Resources',
    hint: 'What we have to work with: time, money, rooms, tools, knowledge.',
    questions: [
      'How many hours a month can members really give, and do their managers know?',
      'What do we get from our organisation, and what must we ask for?',
      'Where do we keep what we collect, so that it is found a year later?',
      'Who checks that it is still right?',
    ],
    source: considerations,
  },
  {
    id: 'risks',
    title: 'Risks',
    hint: 'What could make this fade, and what we do about it.',
    questions: [
      'What has ended groups like this one before?',
      'What happens when a coordinator leaves, or has no time?',
      'Which topics need care, for privacy, copyright or people’s feelings?',
      'What is the first sign of trouble, and who says it aloud?',
    ],
    source: considerations,
  },
  {
    id: 'measures',
    title: 'Measures',
    hint: 'How we will know that it was worth it.',
    questions: [
      'What would a member do differently at work because of us?',
      'Which few numbers tell us whether people take part?',
      'Whom do we ask how it is going, and how often?',
      'What would convince our sponsor to support another year?',
      'How do we celebrate what went well?',
    ],
    source: toolkit,
  },
];
