//! The best tree: Chu-Liu and Edmonds' maximum spanning tree with one word under the root.

/// Heads of the words 1..=n (0 is the root), given `scores[(i-1) * (n+1) + j]` for head `j` of word `i`.
pub(super) fn heads(scores: &[f32], n: usize) -> Vec<usize> {
    let width = n + 1;
    let mut best: Vec<usize> = Vec::with_capacity(width);
    best.push(0);
    for word in 1..=n {
        let row = &scores[(word - 1) * width..word * width];
        let mut top = usize::from(word == 0);
        let mut found = false;
        for (head, score) in row.iter().enumerate() {
            if head != word && (!found || *score > row[top]) {
                top = head;
                found = true;
            }
        }
        best.push(top);
    }
    if best[1..].iter().filter(|head| **head == 0).count() == 1 && cycle(&best).is_none() {
        return best.split_off(1);
    }
    // Root scores fall by more than any choice of other heads could win back: then the best tree has one root.
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for score in scores.iter().filter(|score| score.is_finite()) {
        low = low.min(*score);
        high = high.max(*score);
    }
    let fall = f64::from(high - low).max(0.0) * (n as f64 + 1.0) + 1.0;
    let mut graph = vec![f64::MIN; width * width];
    for word in 1..=n {
        for head in (0..=n).filter(|head| *head != word) {
            let score = f64::from(scores[(word - 1) * width + head]);
            let score = if score.is_finite() { score } else { f64::from(low) };
            graph[head * width + word] = if head == 0 { score - fall } else { score };
        }
    }
    spanning(graph, width).split_off(1)
}

/// The nodes of a loop among `heads`, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()]; // the walk that came by
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut loop_ = vec![at];
            let mut next = heads[at];
            while next != at {
                loop_.push(next);
                next = heads[next];
            }
            return Some(loop_);
        }
    }
    None
}

/// Heads of all nodes in the best tree under node 0; `graph[head * size + node]`. The head of node 0 is 0.
///
/// The graph is given away: of a long sentence with many loops, only the smallest is held at a time.
fn spanning(graph: Vec<f64>, size: usize) -> Vec<usize> {
    let weight = |head: usize, node: usize| graph[head * size + node];
    let mut heads = vec![0; size];
    for (node, chosen) in heads.iter_mut().enumerate().skip(1) {
        for head in 0..size {
            if head != node && (*chosen == node || weight(head, node) > weight(*chosen, node)) {
                *chosen = head;
            }
        }
    }
    let Some(nodes) = cycle(&heads) else { return heads };
    // The loop becomes one node, the last of a smaller graph.
    let mut inside = vec![false; size];
    for &node in &nodes {
        inside[node] = true;
    }
    let outside: Vec<usize> = (0..size).filter(|node| !inside[*node]).collect();
    let small = outside.len() + 1;
    let whole = small - 1;
    let mut next = vec![f64::MIN; small * small];
    let mut enters = vec![0; small];
    let mut leaves = vec![0; small];
    for (at, &node) in outside.iter().enumerate() {
        for (to, &other) in outside.iter().enumerate() {
            next[at * small + to] = weight(node, other);
        }
        // Going in breaks the loop at one node, which gives up its head in the loop.
        let gain = |into: usize| weight(node, into) - weight(heads[into], into);
        let entry = nodes.iter().copied().reduce(|best, into| if gain(into) > gain(best) { into } else { best });
        let exit = nodes
            .iter()
            .copied()
            .reduce(|best, from| if weight(from, node) > weight(best, node) { from } else { best });
        if let (Some(entry), Some(exit)) = (entry, exit) {
            enters[at] = entry;
            leaves[at] = exit;
            next[at * small + whole] = gain(entry);
            next[whole * small + at] = if node == 0 { f64::MIN } else { weight(exit, node) };
        }
    }
    drop(graph);
    let solved = spanning(next, small);
    for (at, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if solved[at] == whole { leaves[at] } else { outside[solved[at]] };
    }
    let from = solved[whole];
    heads[enters[from]] = outside[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(at, head)| scores[at * (heads.len() + 1) + head]).sum()
    }

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|head| **head == 0).count() == 1
            && (0..heads.len()).all(|start| {
                let mut at = start + 1;
                for _ in 0..=heads.len() {
                    if at == 0 {
                        return true;
                    }
                    at = heads[at - 1];
                }
                false
            })
    }

    #[test]
    fn the_tree_is_the_best_of_all() {
        let mut seed = 7_u64;
        for n in 1..=5_usize {
            for _ in 0..60 {
                let scores: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (seed >> 40) as f32 / 1e6
                    })
                    .collect();
                let found = heads(&scores, n);
                assert!(is_tree(&found));
                let count = (n + 1).pow(n as u32);
                let best = (0..count)
                    .map(|code| (0..n as u32).map(|at| code / (n + 1).pow(at) % (n + 1)).collect::<Vec<_>>())
                    .filter(|heads| is_tree(heads))
                    .map(|heads| total(&scores, &heads))
                    .fold(f32::MIN, f32::max);
                assert!((total(&scores, &found) - best).abs() < 1e-3, "{n}: {found:?}");
            }
        }
    }
}
