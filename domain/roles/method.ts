/** A role that communities of practice often need, and what helps whoever takes it on. */
export interface MethodRole {
  readonly id: string;
  readonly kind: 'key' | 'leadership';
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly purpose: string;
  /** What whoever holds it may ask themselves. */
  readonly questions: readonly string[];
  /** The document of the method it comes from. */
  readonly source: string;
}

/** The role whose holders are the coordinators in the settings. */
export const coordinatorRole = 'coordinator';
/** The one role that somebody outside the team may hold. */
export const sponsorRole = 'sponsor';

const toolkit = 'Queen Mary University of London, Communities of Practice toolkit';
const leadershipGroups = 'NHS communities of practice resource summary, after Wenger-Trayner, Leadership groups';

/** The five key roles and the seven leadership groups, in our own words for what the sources say. */
export const methodRoles: readonly MethodRole[] = [
  {
    id: coordinatorRole,
    kind: 'key',
    title: 'Coordinator',
    purpose: 'Keeps the community moving towards what it set out to do, and keeps people curious about it.',
    questions: [
      'Where are we on the way to our aims, and what is the next small step?',
      'What would make people look forward to the next meeting?',
      'What am I doing that somebody else would enjoy doing?',
    ],
    source: toolkit,
  },
  {
    id: 'member-support',
    kind: 'key',
    title: 'Member support',
    purpose: 'Sees to it that people feel welcome and at ease, because nobody shares what is unfinished without trust.',
    questions: [
      'Who is new, and has somebody spoken with them?',
      'Who has gone quiet, and would a word help?',
      'What makes it safe here to say “I do not know”?',
    ],
    source: toolkit,
  },
  {
    id: 'information-resources',
    kind: 'key',
    title: 'Information resources',
    purpose: 'Keeps what we collect useful: fitting to what members need, up to date, and easy to find.',
    questions: [
      'Which questions come up again, and where is their answer?',
      'What on our shelf would nobody miss?',
      'Which example from our own work is worth keeping?',
    ],
    source: toolkit,
  },
  {
    id: 'teams-administrator',
    kind: 'key',
    title: 'Teams administrator',
    purpose: 'Keeps our place in Teams tidy and working: channels, files, tabs, and who can get in.',
    questions: [
      'Would a newcomer find the important things within a minute?',
      'What is broken, doubled or out of date?',
      'Who else knows how this is set up?',
    ],
    source: toolkit,
  },
  {
    id: sponsorRole,
    kind: 'key',
    title: 'Sponsor',
    purpose:
      'Ties the community to what the organisation wants to achieve, speaks up for it, and leaves its work to its members. Often a director of the nearest area.',
    questions: [
      'Which goals of the organisation does this community serve?',
      'Who ought to hear about it, and from whom?',
      'What stands in its way that I could move?',
    ],
    source: toolkit,
  },
  {
    id: 'agenda-activists',
    kind: 'leadership',
    title: 'Agenda activists',
    purpose:
      'Look after what we want to learn: they collect questions and chances, keep them from being forgotten, and push the thinking further.',
    questions: [
      'Which of our members’ problems are coming to the surface?',
      'What is worth pursuing together, now and over the next year?',
      'Where are we stuck, and which assumption keeps us there?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'community-keepers',
    kind: 'leadership',
    title: 'Community keepers',
    purpose:
      'Look after trust and relationships: they notice whose voice is heard, whose is missing, and whether newcomers find a way in.',
    questions: [
      'Who is here, and who should be and is not?',
      'Whose voices carry, whose do not, and why?',
      'Do we speak from practice, or only about it?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'critical-friends',
    kind: 'leadership',
    title: 'Critical friends',
    purpose:
      'Look after how we meet: they gather what works and what does not, and bring it back so that the next time is better.',
    questions: [
      'How do we ask for feedback, and who hears the answer?',
      'Which ways of meeting wake people up?',
      'What did we promise to change last time, and have we?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'social-reporters',
    kind: 'leadership',
    title: 'Social reporters',
    purpose: 'Make our shared memory: moments, finds and stories, in whatever form is quick and fun to come back to.',
    questions: [
      'Which moment should somebody who was away hear about?',
      'Where do we keep it, and what do people open first?',
      'What has to stay private so that people can speak freely?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'external-messengers',
    kind: 'leadership',
    title: 'External messengers',
    purpose: 'Carry what we learn to those outside who could use it, in a form that suits them.',
    questions: [
      'Who outside would gain from this, and how do we reach them?',
      'What is the one thing they should remember?',
      'Who reads it before it goes out in our name?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'value-detectives',
    kind: 'leadership',
    title: 'Value detectives',
    purpose: 'Find out what our work changes and make it visible, with stories and a few honest numbers.',
    questions: [
      'Who needs to know what this community is worth, and what would convince them?',
      'Who tried something from here at work, and what happened?',
      'What could we count without much effort?',
    ],
    source: leadershipGroups,
  },
  {
    id: 'organisational-brokers',
    kind: 'leadership',
    title: 'Organisational brokers',
    purpose:
      'Look after the border with the organisation: what it needs from us, what we need from it, and who talks with whom.',
    questions: [
      'Where does our agenda meet the organisation’s plans?',
      'Whom should we know, what can they offer, and what do they expect?',
      'How is time spent here recognised?',
    ],
    source: leadershipGroups,
  },
];
