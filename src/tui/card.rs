//! The card: the verdict, the dose in the one double box, how it is prepared, and what is left to do. A plan that is
//! stopped has no box and no dose, but says what now.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use super::{
    App, Theme,
    sheet::{Canvas, Row, to_u16},
    text::{fit, pad, width, wrap},
    theme::{Role, Sign},
    words,
};
use crate::{
    form::Field,
    plan::Plan,
    present::{self, CardItem, CardLine, DoseBox, Verdict, VerdictWord},
    regimen::{Code, Severity},
};

/// The columns of a label of the card.
const LABEL: usize = 16;

/// A badge: sign and word on a ground.
pub(super) fn badge(theme: Theme, role: Role, word: &str) -> Span<'static> {
    let sign = role.sign().map_or_else(String::new, |sign| format!("{} ", theme.sign(sign)));
    Span::styled(format!(" {sign}{word} "), theme.badge(role))
}

/// The dose in its double box: five lines, or three where there is little room.
pub(super) fn draw_dose_box(canvas: &mut Canvas<'_>, dose: &DoseBox, area: Rect) {
    let area = area.intersection(canvas.buffer.area);
    if area.height < 3 {
        return;
    }
    let [top_left, across, top_right, down, bottom_left, bottom_right] = canvas.theme.double_box();
    let inner = usize::from(area.width).saturating_sub(2);
    let plain = canvas.theme.plain();
    canvas.buffer.set_string(area.x, area.y, format!("{top_left}{}{top_right}", across.repeat(inner)), plain);
    for y in area.y + 1..area.bottom().saturating_sub(1) {
        canvas.buffer.set_string(area.x, y, down, plain);
        canvas.buffer.set_string(area.right().saturating_sub(1), y, down, plain);
    }
    let bottom = format!("{bottom_left}{}{bottom_right}", across.repeat(inner));
    canvas.buffer.set_string(area.x, area.bottom().saturating_sub(1), bottom, plain);
    let inside = dose_box_lines(dose, inner, canvas.theme);
    let room = usize::from(area.height).saturating_sub(2);
    let above = room.saturating_sub(inside.len()) / 2;
    for (line, y) in inside.iter().zip(area.y + 1 + to_u16(above)..area.bottom().saturating_sub(1)) {
        canvas.line(Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 }, line);
    }
}

impl App {
    /// A badge: sign and word on a ground.
    pub(super) fn badge(&self, role: Role, word: &str) -> Span<'static> {
        badge(self.theme, role, word)
    }

    /// The verdict on a plan: its badge, and the sentence beside it.
    pub(super) fn verdict_lines(&self, plan: Option<&Plan>, columns: usize) -> Vec<Line<'static>> {
        let (role, word, sentence) = plan.map_or_else(|| self.not_yet(), |plan| judged(present::verdict(plan)));
        let badge = self.badge(role, word);
        let indent = badge.width() + 3;
        let room = columns.saturating_sub(indent + 1);
        let mut wrapped = wrap(&sentence, room).into_iter();
        let first =
            Line::from(vec![Span::raw(" "), badge, Span::raw(format!("  {}", wrapped.next().unwrap_or_default()))]);
        std::iter::once(first).chain(wrapped.map(|line| Line::from(format!("{}{line}", " ".repeat(indent))))).collect()
    }

    /// What is open while there is no plan.
    fn not_yet(&self) -> (Role, &'static str, String) {
        let open = self.all_open();
        let is_wrong = |field: &Field| self.form.filled().refused().contains_key(field);
        let wrong: Vec<_> = open.iter().copied().filter(|(_, field)| is_wrong(field)).collect();
        (Role::NotYet, words::NOT_YET, words::not_yet(&wrong, &open))
    }

    /// The lines that the box of a dose needs at least.
    pub(super) fn dose_box_height(dose: &DoseBox, columns: usize, roomy: bool) -> u16 {
        let inside = dose_box_lines(dose, columns.saturating_sub(2), super::Theme::default()).len();
        to_u16(inside + 2 + if roomy { 2 } else { 0 })
    }

    /// What is below the box: the preparation, the course, what it is not, and what is left to do.
    pub(super) fn card_rows(&self, plan: &Plan, columns: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        if present::dose_box(plan).is_none() {
            return self.stopped_rows(plan, columns);
        }
        let below = card_lines(plan);
        let (brand, others): (Vec<_>, Vec<_>) =
            below.iter().enumerate().partition(|(_, line)| line.item == CardItem::Brand);
        rows.extend(others.into_iter().map(|(at, line)| self.card_row(at, line, columns)));
        // What must not be mixed up comes before the names of the product.
        let mut not_these = present::not_these(plan).into_iter().map(|text| read(&text, columns));
        rows.extend(not_these.next());
        rows.extend(brand.into_iter().map(|(at, line)| self.card_row(at, line, columns)));
        rows.extend(not_these);
        rows
    }

    /// What is left to do, each with its key: always in sight below the card.
    pub(super) fn to_do_lines(&self, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
        if present::dose_box(plan).is_none() {
            return Vec::new();
        }
        let mut steps: Vec<String> = Vec::new();
        let open: Vec<_> = plan.open_findings().collect();
        if let Some(first) = open.first() {
            steps.push(words::to_confirm(&words::finding_in_few_words(first), open.len()));
        }
        if plan.second_check() != crate::plan::SecondCheckResult::Agrees {
            steps.push(words::TO_CHECK.to_owned());
        }
        if self.is_unsaved() {
            steps.push(words::TO_SAVE.to_owned());
        }
        if steps.is_empty() {
            return vec![Line::from(format!("  {}", words::NOTHING_TO_DO))];
        }
        let numbered: Vec<String> = (1..).zip(steps).map(|(number, step)| format!("{number} {step}")).collect();
        let wrapped = wrap(&numbered.join("   "), columns.saturating_sub(11));
        let line = |(at, line): (usize, String)| {
            Line::from(format!("  {}{line}", pad(if at == 0 { words::TO_DO } else { "" }, 8, "")))
        };
        wrapped.into_iter().enumerate().map(line).collect()
    }

    /// What a plan without a dose shows in its place: the two values, what now, what would have to change, the figures.
    fn stopped_rows(&self, plan: &Plan, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        if let Some(rise) = present::rise(plan) {
            let figures = [
                (words::BASELINE, Some(rise.baseline)),
                (words::TODAY, Some(rise.today)),
                (words::HOLD_AT, Some(rise.hold_at)),
                (words::RESUME_AT, rise.resume_at),
            ];
            for (label, figure) in figures {
                let lines = figure.map(|figure| labelled(&format!("   {label}"), &figure, 15, columns));
                rows.extend(lines.map(Row::read));
            }
            rows.push(Row::blank());
        }
        let now = present::what_now(plan);
        if !now.is_empty() {
            rows.push(self.heading(words::WHAT_NOW));
            rows.extend((1..).zip(now).map(|(number, step)| numbered(number, &step, columns)));
            rows.push(Row::blank());
        }
        let must_change: Vec<String> = plan
            .findings()
            .iter()
            .filter(|it| it.severity == Severity::Stop && it.code() != Code::CreatinineRisen)
            .filter_map(words::must_change)
            .collect();
        if !must_change.is_empty() {
            rows.push(self.heading(words::WOULD_HAVE_TO_CHANGE));
            rows.extend(must_change.iter().map(|text| read(text, columns)));
            rows.push(Row::blank());
        }
        let others: Vec<_> = plan.open_findings().collect();
        if !others.is_empty() {
            let sign = self.theme.sign(Sign::Confirm);
            for finding in others {
                rows.push(read(
                    &format!("{sign} {}", words::also_to_confirm(&present::finding(plan, finding))),
                    columns,
                ));
            }
            rows.push(Row::blank());
        }
        rows.push(self.heading(words::BASED_ON));
        rows.extend(based_on(plan, columns));
        rows.push(Row::blank());
        rows.push(read(words::A_STOP_STANDS, columns));
        rows
    }

    /// A heading.
    pub(super) fn heading(&self, words: &str) -> Row {
        Row::read(vec![Line::from(Span::styled(format!("  {words}"), self.theme.bold()))])
    }

    fn card_row(&self, at: usize, line: &CardLine, columns: usize) -> Row {
        let in_hand = self.at == Some(at) && self.over.is_none();
        let mark = if in_hand { ">" } else { " " };
        let mut lines = labelled(&format!(" {mark} {}", line.label), &line.value, LABEL, columns);
        // On the card, only the dose and the volume to draw up are bold.
        if line.item == CardItem::DrawUp
            && let Some(first) = lines.first_mut()
            && let Some(value) = first.spans.last_mut()
        {
            value.style = self.theme.bold();
        }
        Row::marked(lines, at, in_hand)
    }

    /// What is said of the open entries where there is no plan yet.
    pub(super) fn open_rows(&self, columns: usize) -> Vec<Row> {
        let open = self.all_open();
        let mut rows = vec![Row::blank(), self.heading(words::OPEN_ENTRIES)];
        for (at, (step, field)) in open.iter().enumerate() {
            let in_hand = self.at == Some(at);
            let (mark, style) = if in_hand { (">", self.theme.marked()) } else { (" ", self.theme.plain()) };
            let refused = self.form.filled().refused().contains_key(field);
            let sign = self.theme.sign(if refused { Sign::Wrong } else { Sign::Open });
            let words = pad(&format!("{sign} {}", field.label()), 26, self.cut());
            let line = Line::from(vec![
                Span::raw(format!(" {mark} ")),
                Span::styled(words, style),
                Span::raw(fit(&words::step_name(*step), columns.saturating_sub(29), "")),
            ]);
            rows.push(Row::marked(vec![line], at, in_hand));
        }
        rows
    }
}

/// A verdict as it is shown.
fn judged(verdict: Verdict) -> (Role, &'static str, String) {
    let role = match verdict.word {
        VerdictWord::Ready => Role::Go,
        VerdictWord::Confirm => Role::Confirm,
        VerdictWord::Hold => Role::Hold,
        VerdictWord::Stop => Role::Stop,
    };
    (role, words::verdict(verdict.word), verdict.sentence)
}

/// The lines below the box, those of one step of the preparation on one line: the bag with what it may hold, the time
/// with the rate. The product is named once, with what is opened. A
/// stopped plan has none.
pub(super) fn card_lines(plan: &Plan) -> Vec<CardLine> {
    let mut lines: Vec<CardLine> = Vec::new();
    if present::dose_box(plan).is_none() {
        return lines;
    }
    let all = present::card_below(plan);
    let opens = all.iter().any(|line| line.item == CardItem::Open);
    for line in all {
        let joins = match (lines.last().map(|it| it.item), line.item) {
            (Some(CardItem::Bag), CardItem::Diluent) | (Some(CardItem::MinimumTime), CardItem::PumpRate) => true,
            (_, CardItem::Product) if opens => continue,
            _ => false,
        };
        match lines.last_mut().filter(|_| joins) {
            Some(before) => before.value = words::together(&before.value, &line.value),
            None => lines.push(line),
        }
    }
    lines
}

/// The dose, its drug and how often, and why it is this dose. The dose has room around it: no figure stands beside it.
fn dose_box_lines(dose: &DoseBox, inner: usize, theme: super::Theme) -> Vec<Line<'static>> {
    let lead = format!("    {}   ", words::DOSE);
    let head = format!("{lead}{}", dose.dose);
    let rest = format!("      {}      {}", dose.drug, dose.how_often);
    let mut lines = Vec::new();
    if width(&head) + width(&rest) < inner {
        lines.push(Line::from(vec![Span::styled(head, theme.bold()), Span::raw(rest)]));
    } else {
        let indent = " ".repeat(width(&lead));
        lines.push(Line::from(Span::styled(head, theme.bold())));
        for part in [&dose.drug, &dose.how_often] {
            let wrapped = wrap(part, inner.saturating_sub(width(&lead) + 1));
            lines.extend(wrapped.into_iter().map(|line| Line::from(format!("{indent}{line}"))));
        }
    }
    if let Some(because) = &dose.because {
        let indent = " ".repeat(width(&lead));
        let wrapped = wrap(because, inner.saturating_sub(width(&lead) + 1));
        lines.extend(wrapped.into_iter().map(|line| Line::from(format!("{indent}{line}"))));
    }
    lines
}

/// What the plan was made from.
pub(super) fn based_on(plan: &Plan, columns: usize) -> Vec<Row> {
    let figures = present::based_on(plan).into_iter();
    figures.map(|(label, value)| Row::read(labelled(&format!("  {label}"), &value, 19, columns))).collect()
}

/// A text in lines, a little to the right.
pub(super) fn read(text: &str, columns: usize) -> Row {
    Row::read(wrap(text, columns.saturating_sub(3)).into_iter().map(|line| Line::from(format!("  {line}"))).collect())
}

/// A step with its number.
pub(super) fn numbered(number: usize, text: &str, columns: usize) -> Row {
    let wrapped = wrap(text, columns.saturating_sub(7));
    let line = |(at, line): (usize, String)| {
        Line::from(if at == 0 { format!("   {number}  {line}") } else { format!("      {line}") })
    };
    Row::read(wrapped.into_iter().enumerate().map(line).collect())
}

/// A label, and its value beside it.
pub(super) fn labelled(label: &str, value: &str, columns_of_label: usize, columns: usize) -> Vec<Line<'static>> {
    let wrapped = wrap(value, columns.saturating_sub(columns_of_label + 1));
    let line = |(at, line): (usize, String)| {
        let label = if at == 0 { pad(label, columns_of_label, "") } else { " ".repeat(columns_of_label) };
        Line::from(vec![Span::raw(label), Span::raw(line)])
    };
    wrapped.into_iter().enumerate().map(line).collect()
}
