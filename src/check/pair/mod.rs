//! A bracket or quotation mark without its partner.

pub(super) mod marks;

use serde::Deserialize;

use self::marks::{FAMILIES, Family, Mark, Role, for_each_mark};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{BlockKind, Document};

/// A bracket or quotation may run over this many blocks before its partner comes.
const REACH: usize = 12;

/// A text with more marks without a partner has lost its pairs, or never had them: one finding speaks for all.
const HABIT: usize = 2;

/// Between two straight marks that lean the same way, but are one pair with its space on the wrong side, stand no more
/// bytes than these: a title or a term.
const TERM: usize = 120;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pair {}

/// A mark that found no partner in its own block.
#[derive(Debug, Clone, Copy)]
struct Lone {
    mark: Mark,
    block: usize,
    opens: bool,
}

impl Check for Pair {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let mut lone: Vec<Lone> = Vec::new();
        // Families whose mark is the first thing in a block: there a quotation of the block before may go on.
        let mut begins: Vec<Option<Family>> = Vec::with_capacity(doc.blocks().len());
        let mut open: [Vec<Mark>; FAMILIES] = Default::default();
        for (index, block) in doc.blocks().iter().enumerate() {
            begins.push(None);
            if block.kind == BlockKind::Verse {
                continue;
            }
            let first = lone.len();
            let language = block.language;
            for_each_mark(doc, block, language, |mark| {
                if mark.span.start == block.span.start && mark.role != Role::Close {
                    begins[index] = Some(mark.family);
                }
                take(mark, index, &mut open[mark.family as usize], &mut lone);
            });
            for marks in &mut open {
                lone.extend(marks.drain(..).map(|mark| Lone { mark, block: index, opens: true }));
            }
            forgive(doc, &mut lone, first, is_right_to_left(block.lang.as_str()));
        }
        across_blocks(&mut lone, &begins);
        lone.sort_by_key(|l| l.mark.span);
        if lone.len() > HABIT {
            let Lone { mark, opens, .. } = lone[0];
            let how = if opens { "opening-habit" } else { "closing-habit" };
            let count = (lone.len() - 1).to_string();
            let finding = Finding::new(doc, mark.span).slot("mark", doc.slice(mark.span)).slot("count", count);
            out.push(lone[1..].iter().fold(finding.phrase("how", how), |f, l| f.related(l.mark.span)));
            return;
        }
        for Lone { mark, opens, .. } in lone {
            let how = if opens { "opening" } else { "closing" };
            out.push(Finding::new(doc, mark.span).slot("mark", doc.slice(mark.span)).phrase("how", how));
        }
    }
}

/// Lets a mark meet the open ones of its family.
fn take(mark: Mark, block: usize, open: &mut Vec<Mark>, lone: &mut Vec<Lone>) {
    let quote = matches!(mark.family, Family::Double | Family::Guillemet);
    match mark.role {
        Role::Either | Role::Close if !open.is_empty() => {
            open.pop();
        }
        Role::Close if mark.smiles => {}
        Role::Close => lone.push(Lone { mark, block, opens: false }),
        _ => {
            // A quotation that is opened once more where a new sentence begins is one whose paragraphs were merged.
            if quote && mark.resumes {
                open.pop();
            }
            open.push(mark);
        }
    }
}

/// Takes out of the lone marks of one block what is no bracket or quotation after all.
fn forgive(doc: &Document, lone: &mut Vec<Lone>, first: usize, right_to_left: bool) {
    let count = |family, opens| lone[first..].iter().filter(|l| l.mark.family == family && l.opens == opens).count();
    // Inches and seconds; brackets typed as they look in a text that runs from right to left; half-open intervals.
    let mirrored = right_to_left && count(Family::Round, true) == count(Family::Round, false);
    let half_open = |opens| count(Family::Square, opens) == count(Family::Round, !opens);
    let several = || doc.slice(doc.blocks()[lone[first].block].span).contains('∞');
    let interval = count(Family::Square, true) + count(Family::Square, false) == 1
        && count(Family::Round, true) + count(Family::Round, false) == 1
        || lone.len() > first && half_open(true) && half_open(false) && several();
    let smiling = |l: &Lone| {
        // Slavic smileys are brackets without eyes, often several: “ну да)))”.
        let text = doc.text()[l.mark.span.end as usize..].starts_with(')')
            || doc.text()[..l.mark.span.start as usize].ends_with("))");
        !l.opens && l.mark.family == Family::Round && text
    };
    if lone.len() == first {
        return;
    }
    let mut here = lone.split_off(first);
    here.retain(|l| {
        !(l.mark.item && !l.opens
            || l.mark.family == Family::Double && l.mark.after_digit && l.mark.span.len() == 1
            || l.mark.inside
            || partner_is_masked(doc, l)
            || is_sign(doc, l)
            || is_closed_with_another(doc, l)
            || smiling(l)
            || l.mark.family == Family::Round && mirrored
            || matches!(l.mark.family, Family::Round | Family::Square) && interval)
    });
    if !is_misplaced(doc, &here) {
        lone.append(&mut here);
    }
}

/// Whether a square bracket is part of a sign of code, as in “>]”.
fn is_sign(doc: &Document, lone: &Lone) -> bool {
    let (start, end) = (lone.mark.span.start as usize, lone.mark.span.end as usize);
    let is_angle = |c: char| matches!(c, '<' | '>');
    lone.mark.family == Family::Square
        && (doc.text()[..start].ends_with(is_angle) || doc.text()[end..].starts_with(is_angle))
}

/// So far behind a guillemet, in bytes, another opens that closes with it: “ООО «Верфь «Нева»”.
const WITHIN: usize = 40;
/// … and no farther behind it they close.
const CLOSES: usize = 4 * WITHIN;

/// Whether a guillemet opens a quotation in which another opens soon, and one mark closes both, as is right in some
/// languages.
fn is_closed_with_another(doc: &Document, lone: &Lone) -> bool {
    let block = &doc.blocks()[lone.block];
    if !(lone.opens && lone.mark.family == Family::Guillemet && block.language.one_closing) {
        return false;
    }
    let text = doc.text();
    let end = text.floor_char_boundary((lone.mark.span.end as usize + CLOSES).min(block.span.end as usize));
    let after = &text[lone.mark.span.end as usize..end];
    let inner = after.find(['«', '»', ',']).filter(|at| *at <= WITHIN && after[*at..].starts_with('«'));
    inner.is_some_and(|at| {
        let rest = &after[at + '«'.len_utf8()..];
        rest.find(['«', '»']).is_some_and(|to| rest[to..].starts_with('»'))
    })
}

/// Whether the lone marks of a block are one pair of straight quotation marks with a space on its wrong side: `"Title "is`.
fn is_misplaced(doc: &Document, lone: &[Lone]) -> bool {
    let [first, second] = lone else { return false };
    let straight = |l: &Lone| l.mark.straight && l.mark.family == Family::Double;
    if !(straight(first) && straight(second) && first.opens == second.opens) {
        return false;
    }
    let between = first.mark.span.until(second.mark.span);
    let inner = doc.slice(between).trim();
    between.len() <= TERM && !inner.contains(['.', '!', '?', ':']) && !inner.ends_with(',')
}

/// Whether the stretch without white space around a mark is partly masked: its partner may be hidden there.
fn partner_is_masked(doc: &Document, lone: &Lone) -> bool {
    let (text, masks) = (doc.text(), doc.masks());
    let next = masks.partition_point(|m| m.span.end < lone.mark.span.start);
    masks[next..].iter().take_while(|m| m.span.start <= lone.mark.span.end).any(|m| {
        let touches = m.span.end == lone.mark.span.start || m.span.start == lone.mark.span.end;
        touches && m.span.slice(text).chars().any(|c| marks::family(c) == Some(lone.mark.family))
    })
}

fn is_right_to_left(lang: &str) -> bool {
    matches!(lang, "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "ckb")
}

/// Joins what opens in one block and closes in a later one, and forgives a quotation that is opened anew in the
/// next block, as the custom is for one of several paragraphs.
fn across_blocks(lone: &mut Vec<Lone>, begins: &[Option<Family>]) {
    let mut gone = vec![false; lone.len()];
    let mut waiting: [Vec<usize>; FAMILIES] = Default::default();
    for (index, item) in lone.iter().enumerate() {
        let waiting = &mut waiting[item.mark.family as usize];
        if item.opens {
            waiting.push(index);
        } else if let Some(opener) = waiting.pop()
            && item.block - lone[opener].block <= REACH
            && item.block != lone[opener].block
        {
            gone[opener] = true;
            gone[index] = true;
        }
    }
    for (index, item) in lone.iter().enumerate() {
        let next = begins.get(item.block + 1).copied().flatten();
        // Only the last open mark of a block can be the one that goes on.
        let last =
            !lone[index + 1..].iter().take_while(|l| l.block == item.block).any(|l| l.mark.family == item.mark.family);
        if item.opens && last && next == Some(item.mark.family) {
            gone[index] = true;
        }
    }
    let mut at = 0;
    lone.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}
