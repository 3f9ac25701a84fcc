// A lesson that is planned from its course: with nothing but the course, or as the last one was.
import type { CourseLine, EventPublish, PlaceName } from '$lib/bindings';
import { m } from '$messages';
import { freshPlan, toPublish } from '../event/plan';
import type { Start } from '../event/theme/start';

interface Copied {
  plan: EventPublish;
  left_out: PlaceName[];
  astray: string[];
  partner_gone: boolean;
  weeks: number;
  title: string;
}

export function planned(line: CourseLine, zone: string, copy?: Copied): Start {
  const lesson = { course: line.id, speakers: copy?.plan.lesson?.speakers ?? '' };
  if (copy) {
    return { key: `course/${line.id}/${copy.title}`, plan: { ...copy.plan, lesson }, leftOut: copy.left_out, astray: copy.astray, partnerGone: copy.partner_gone, from: m.course_again_from({ title: copy.title, weeks: copy.weeks }) };
  }
  const fresh = toPublish(freshPlan(zone, line.place.id));
  return { key: `course/${line.id}`, plan: { ...fresh, programme: line.programme, lesson }, from: m.course_lesson_from({ title: line.title }) };
}
