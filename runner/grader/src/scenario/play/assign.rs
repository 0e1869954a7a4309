//! Who gets what, when several patterns fit several values: the largest assignment, whatever their order.

use super::names::Names;

/// Gives each asker one place; a place holds as many as its `room` says. `None` for those who get none. Earlier askers
/// and earlier places come first where there is a choice (augmenting paths, so that nobody is left out for nothing).
pub(super) fn assign(
    askers: usize,
    room: &[usize],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let options =
        (0..askers).map(|asker| (0..room.len()).filter(|&place| fits(asker, place)).collect()).collect();
    let mut table = Table { options, room, holders: vec![Vec::new(); room.len()] };
    for asker in 0..askers {
        table.seat(asker, &mut vec![false; room.len()]);
    }
    let mut places = vec![None; askers];
    for (place, holders) in table.holders.iter().enumerate() {
        for &asker in holders {
            places[asker] = Some(place);
        }
    }
    places
}

struct Table<'a> {
    options: Vec<Vec<usize>>,
    room: &'a [usize],
    holders: Vec<Vec<usize>>,
}

impl Table<'_> {
    /// Finds a place for an asker, perhaps by moving another one.
    fn seat(&mut self, asker: usize, seen: &mut [bool]) -> bool {
        for option in 0..self.options[asker].len() {
            let place = self.options[asker][option];
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            if self.holders[place].len() < self.room[place] {
                self.holders[place].push(asker);
                return true;
            }
            for k in 0..self.holders[place].len() {
                let other = self.holders[place][k];
                if self.seat(other, seen) {
                    self.holders[place][k] = asker;
                    return true;
                }
            }
        }
        false
    }
}

/// Gives each pattern a value of its own so that all fit together with the names that they bind. `fits` says whether
/// pattern and value fit, and binds. Returns the value of each pattern; on failure `names` is as before.
pub(super) fn each_its_own(
    patterns: usize,
    values: usize,
    names: &mut Names,
    fits: &impl Fn(usize, usize, &mut Names) -> bool,
) -> Option<Vec<usize>> {
    // Without regard to names first: what fails here fails, and what does not needs a search only when names disagree.
    let alone = assign(patterns, &vec![1; values], |pattern, value| fits(pattern, value, &mut names.clone()));
    let alone: Vec<usize> = alone.into_iter().collect::<Option<_>>()?;
    let mut trial = names.clone();
    if alone.iter().enumerate().all(|(pattern, &value)| fits(pattern, value, &mut trial)) {
        *names = trial;
        return Some(alone);
    }
    let mut chosen = Vec::new();
    search(patterns, values, names, fits, &mut chosen).then_some(chosen)
}

fn search(
    patterns: usize,
    values: usize,
    names: &mut Names,
    fits: &impl Fn(usize, usize, &mut Names) -> bool,
    chosen: &mut Vec<usize>,
) -> bool {
    if chosen.len() == patterns {
        return true;
    }
    for value in 0..values {
        let mut trial = names.clone();
        if chosen.contains(&value) || !fits(chosen.len(), value, &mut trial) {
            continue;
        }
        chosen.push(value);
        if search(patterns, values, &mut trial, fits, chosen) {
            *names = trial;
            return true;
        }
        chosen.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_left_out_for_nothing() {
        // The first could take either, the second only the first one's choice.
        let fits = |asker: usize, place: usize| asker == 0 || place == 0;
        assert_eq!(assign(2, &[1, 1], fits), [Some(1), Some(0)]);
        assert_eq!(assign(3, &[1, 1], fits), [Some(1), Some(0), None]);
        assert_eq!(assign(3, &[2, 1], fits), [Some(1), Some(0), Some(0)]);
    }

    #[test]
    fn a_crowd_that_does_not_fit_is_sent_away_quickly() {
        let fits = |_: usize, place: usize| place > 0;
        assert_eq!(assign(200, &[1; 200], fits).iter().flatten().count(), 199);
    }

    #[test]
    fn names_that_disagree_are_searched_for() {
        // Patterns 0 and 1 bind the same name; values 0 and 1 differ, 0 and 2 are equal.
        let value = [7_i64, 8, 7];
        let fits = |_: usize, k: usize, names: &mut Names| {
            if let Some(known) = names.get("x") {
                return *known == value[k].into();
            }
            names.bind("x", value[k].into());
            true
        };
        let mut names = Names::default();
        assert_eq!(each_its_own(2, 3, &mut names, &fits), Some(vec![0, 2]));
        assert_eq!(names.get("x"), Some(&7_i64.into()));
        let mut names = Names::default();
        assert_eq!(each_its_own(3, 3, &mut names, &fits), None);
        assert_eq!(names, Names::default());
    }
}
