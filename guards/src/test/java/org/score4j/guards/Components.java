package org.score4j.guards;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Strongly connected components of a directed graph, by Kosaraju's two passes. */
final class Components {

  private Components() {}

  static Collection<Set<String>> of(Map<String, Set<String>> edges) {
    Map<String, Set<String>> reversed = new HashMap<>();
    edges.forEach(
        (from, all) ->
            all.forEach(to -> reversed.computeIfAbsent(to, k -> new HashSet<>()).add(from)));
    Deque<String> finished = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    for (String node : edges.keySet()) {
      visit(node, edges, seen, finished);
    }
    List<Set<String>> components = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    for (String node : finished) {
      Deque<String> component = new ArrayDeque<>();
      visit(node, reversed, placed, component);
      if (!component.isEmpty()) {
        components.add(new TreeSet<>(component));
      }
    }
    return components;
  }

  /** Depth first; puts each node in front once all that it leads to are there. */
  private static void visit(
      String node, Map<String, Set<String>> edges, Set<String> seen, Deque<String> finished) {
    if (!seen.add(node)) {
      return;
    }
    for (String next : edges.getOrDefault(node, Set.of())) {
      visit(next, edges, seen, finished);
    }
    finished.addFirst(node);
  }
}
