package org.score4j.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Problems;

/** Keys that earlier versions had under {@code training}, and where they are now. */
public final class OldKeys {
  private static final String TRAINING = "training";

  private record Move(String old, List<String> now) {
    String oldPath() {
      return TRAINING + "." + old;
    }

    String nowPath() {
      return String.join(".", now);
    }
  }

  private static final List<Move> MOVES =
      List.of(
          new Move("device", List.of("compute", "device")),
          new Move("precision", List.of("compute", "precision")),
          new Move("threads", List.of("compute", "threads")),
          new Move("checkpointEvery", List.of("checkpoints", "every")),
          new Move("keepLast", List.of("checkpoints", "keepLast")),
          new Move("keepEvery", List.of("checkpoints", "keepEvery")),
          new Move("logEvery", List.of("logging", "every")),
          new Move("previews", List.of("logging", "previews")),
          new Move("tensorBoard", List.of("logging", "tensorBoard")),
          new Move("ema", List.of(TRAINING, "averaging", "decays")),
          new Move("flip", List.of(TRAINING, "augmentation", "flip")),
          new Move("dequantize", List.of(TRAINING, "augmentation", "dequantize")));

  private final Problems problems;
  private final Map<String, String> found = new LinkedHashMap<>();

  OldKeys(Problems problems) {
    this.problems = problems;
  }

  /** What the user is told of the old keys that were found; empty if there were none. */
  Optional<String> hint(String source) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> moves = new ArrayList<>();
    found.forEach((old, now) -> moves.add(old + " is now " + now));
    return Optional.of(
        source + ": " + String.join(", ", moves) + "; the old keys are read as the new ones");
  }

  /** A recipe with its old keys where they are now; what is given twice is a problem. */
  Json.Obj moved(Json.Obj recipe) {
    for (Move move : MOVES) {
      Optional<Json.Member> old = old(recipe, move);
      if (old.isPresent() && at(recipe, move.now()).isPresent()) {
        problems.add(
            old.get().keyAt(),
            move.oldPath(),
            "is now " + move.nowPath() + ", which is given too; leave out " + move.oldPath());
      }
    }
    return movedOver(recipe);
  }

  /** The same for old keys that were given last. */
  Json.Obj movedOver(Json.Obj recipe) {
    Json.Obj all = recipe;
    for (Move move : MOVES) {
      Optional<Json.Member> old = old(all, move);
      if (old.isPresent()) {
        found.put(move.oldPath(), move.nowPath());
        Json.Obj training = (Json.Obj) all.get(TRAINING).orElseThrow();
        Json.Member rest =
            new Json.Member(all.members().get(TRAINING).keyAt(), training.without(move.old()));
        all = all.with(TRAINING, rest);
        // What is no object is refused for that.
        all = canTake(all, move.now()) ? put(all, move.now(), old.get()) : all;
      }
    }
    return all;
  }

  private static Optional<Json.Member> old(Json.Obj recipe, Move move) {
    return recipe
        .get(TRAINING)
        .filter(Json.Obj.class::isInstance)
        .map(training -> ((Json.Obj) training).members().get(move.old()));
  }

  private static Optional<Json> at(Json.Obj recipe, List<String> path) {
    Optional<Json> json = Optional.of(recipe);
    for (String key : path) {
      json = json.flatMap(each -> each instanceof Json.Obj o ? o.get(key) : Optional.empty());
    }
    return json;
  }

  /** Whether all on the way is an object, or not there yet. */
  private static boolean canTake(Json.Obj recipe, List<String> path) {
    for (int i = 1; i < path.size(); i++) {
      if (at(recipe, path.subList(0, i)).filter(each -> !(each instanceof Json.Obj)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static Json.Obj put(Json.Obj into, List<String> path, Json.Member member) {
    if (path.size() == 1) {
      return into.with(path.get(0), member);
    }
    Json.Obj inner =
        into.get(path.get(0))
            .map(Json.Obj.class::cast)
            .orElseGet(() -> new Json.Obj(member.value().at(), Map.of()));
    Json.Obj full = put(inner, path.subList(1, path.size()), member);
    var at = into.members().get(path.get(0));
    return into.with(path.get(0), new Json.Member(at == null ? member.keyAt() : at.keyAt(), full));
  }

  /** The path of a setting, led to where its key is now. */
  List<Object> moved(List<Object> path) {
    if (path.size() > 1 && path.get(0).equals(TRAINING)) {
      for (Move move : MOVES) {
        if (path.get(1).equals(move.old())) {
          found.put(move.oldPath(), move.nowPath());
          List<Object> now = new ArrayList<>(move.now());
          now.addAll(path.subList(2, path.size()));
          return now;
        }
      }
    }
    return path;
  }

  /** Values by path, with those of old paths where they are now. */
  public static Map<String, String> moved(Map<String, String> values) {
    Map<String, String> moved = new TreeMap<>();
    values.forEach((path, value) -> moved.put(moved(path), value));
    return moved;
  }

  private static String moved(String path) {
    for (Move move : MOVES) {
      String old = move.oldPath();
      if (path.equals(old) || path.startsWith(old + ".") || path.startsWith(old + "[")) {
        return move.nowPath() + path.substring(old.length());
      }
    }
    return path;
  }
}
