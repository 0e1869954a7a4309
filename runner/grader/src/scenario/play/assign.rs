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
    // A straight search looks at less than that; one that finds nothing must end, too.
    let tries = patterns.saturating_mul(patterns).saturating_mul(values).saturating_add(TRIES);
    let mut search = Search { values, fits, tries, chosen: vec![None; patterns] };
    if search.goes_on(names) { search.chosen.into_iter().collect() } else { None }
}

/// So often a search compares a pattern with a value beyond what a straight one needs.
const TRIES: usize = 100_000;

struct Search<'a, F> {
    values: usize,
    fits: &'a F,
    /// How many comparisons are left.
    tries: usize,
    /// The value of each pattern.
    chosen: Vec<Option<usize>>,
}

impl<F: Fn(usize, usize, &mut Names) -> bool> Search<'_, F> {
    /// Finds values for all patterns that have none yet, and binds their names.
    fn goes_on(&mut self, names: &mut Names) -> bool {
        let Some((pattern, options)) = self.narrowest(names) else { return self.tries > 0 };
        for value in options {
            let mut trial = names.clone();
            if !(self.fits)(pattern, value, &mut trial) {
                continue;
            }
            self.chosen[pattern] = Some(value);
            if self.goes_on(&mut trial) {
                *names = trial;
                return true;
            }
            self.chosen[pattern] = None;
            if self.tries == 0 {
                return false;
            }
        }
        false
    }

    /// The pattern with the fewest values that fit it now, so that names that disagree are seen at once and not after
    /// all that others could have. The first of several; none when all have a value, or when nothing is left to try.
    fn narrowest(&mut self, names: &Names) -> Option<(usize, Vec<usize>)> {
        let mut narrowest: Option<(usize, Vec<usize>)> = None;
        for pattern in (0..self.chosen.len()).filter(|&pattern| self.chosen[pattern].is_none()) {
            let free = (0..self.values).filter(|value| !self.chosen.contains(&Some(*value)));
            let mut options = Vec::new();
            for value in free {
                self.tries = self.tries.checked_sub(1)?;
                if (self.fits)(pattern, value, &mut names.clone()) {
                    options.push(value);
                }
            }
            if narrowest.as_ref().is_none_or(|(_, fewest)| options.len() < fewest.len()) {
                narrowest = Some((pattern, options));
            }
        }
        narrowest
    }
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

    /// Patterns that each bind a name of their own, but for the first and the last, which share one.
    fn twins_at_both_ends(values: &[i64]) -> (Option<Vec<usize>>, usize) {
        let tries = std::cell::Cell::new(0);
        let fits = |pattern: usize, k: usize, names: &mut Names| {
            tries.set(tries.get() + 1);
            let name = format!("x{}", pattern % (values.len() - 1));
            if let Some(known) = names.get(&name) {
                return *known == values[k].into();
            }
            names.bind(&name, values[k].into());
            true
        };
        let chosen = each_its_own(values.len(), values.len(), &mut Names::default(), &fits);
        (chosen, tries.get())
    }

    #[test]
    fn a_search_for_names_ends_soon_whatever_comes_of_it() {
        let different: Vec<i64> = (0..12).collect();
        let (chosen, tries) = twins_at_both_ends(&different);
        assert!(chosen.is_none() && tries < 10_000, "{tries} of 479,001,600 orders");
        let two_alike: Vec<i64> = (0..11).chain([7]).collect();
        let (chosen, tries) = twins_at_both_ends(&two_alike);
        let chosen = chosen.expect("there is one");
        assert_eq!((chosen[0], chosen[11]), (7, 11));
        assert!(tries < 10_000, "{tries}");
    }

    #[test]
    fn a_search_that_cannot_be_cut_short_is_given_up() {
        // Any eleven values do for the first eleven patterns, and nothing does for the last.
        let tries = std::cell::Cell::new(0);
        let fits = |_: usize, k: usize, names: &mut Names| {
            tries.set(tries.get() + 1);
            let bound = (0..12).take_while(|n| names.get(&format!("n{n}")).is_some()).count();
            names.bind(&format!("n{bound}"), i64::try_from(k).expect("small").into());
            bound < 11
        };
        assert_eq!(each_its_own(12, 12, &mut Names::default(), &fits), None);
        assert!(tries.get() < 2 * TRIES, "{}", tries.get());
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
