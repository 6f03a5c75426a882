//! Puts pairs together: three spellings of one name are one finding.

use super::pairs::Pair;

/// The groups of forms that pairs join, each in order; the groups in order of their first form.
pub fn of<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut group_of = std::collections::BTreeMap::<u32, usize>::new();
    for pair in pairs {
        match (group_of.get(&pair.a).copied(), group_of.get(&pair.b).copied()) {
            (None, None) => {
                group_of.extend([(pair.a, groups.len()), (pair.b, groups.len())]);
                groups.push(vec![pair.a, pair.b]);
            }
            (Some(g), None) => {
                group_of.insert(pair.b, g);
                groups[g].push(pair.b);
            }
            (None, Some(g)) => {
                group_of.insert(pair.a, g);
                groups[g].push(pair.a);
            }
            (Some(g), Some(h)) if g != h => {
                // The smaller goes into the larger, so that no form moves often.
                let (g, h) = if groups[g].len() < groups[h].len() { (h, g) } else { (g, h) };
                let moved = std::mem::take(&mut groups[h]);
                moved.iter().for_each(|&form| {
                    group_of.insert(form, g);
                });
                groups[g].extend(moved);
            }
            _ => {}
        }
    }
    groups.retain(|g| !g.is_empty());
    groups.iter_mut().for_each(|g| g.sort_unstable());
    groups.sort_unstable();
    groups
}
