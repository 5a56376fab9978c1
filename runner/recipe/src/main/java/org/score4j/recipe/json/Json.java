package org.score4j.recipe.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.score4j.format.text.Visible;

/** A JSON value that knows where it was written. */
public sealed interface Json {

  /** Where the value begins. */
  Place at();

  /** The value as a message shows it. */
  String found();

  /** An object; its members are in the order of the text. */
  record Obj(Place at, Map<String, Member> members) implements Json {
    /** Keeps the order of the members. */
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Json> get(String key) {
      return Optional.ofNullable(members.get(key)).map(Member::value);
    }

    /** This object with a member put in place of that of the same key, or at the end. */
    public Obj with(String key, Member member) {
      var changed = new LinkedHashMap<>(members);
      changed.put(key, member);
      return new Obj(at, changed);
    }

    /** This object without a member. */
    public Obj without(String key) {
      var changed = new LinkedHashMap<>(members);
      changed.remove(key);
      return new Obj(at, changed);
    }

    @Override
    public String found() {
      return members.isEmpty() ? "{}" : "an object";
    }
  }

  /** A value and where its key was written. */
  record Member(Place keyAt, Json value) {}

  /** An array. */
  record Arr(Place at, List<Json> items) implements Json {
    /** Copies the elements. */
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return items.isEmpty() ? "[]" : "a list";
    }
  }

  /** A string. */
  record Text(Place at, String value) implements Json {
    @Override
    public String found() {
      String shown = value.length() > 60 ? value.substring(0, 57) + "..." : value;
      return '"' + Visible.line(shown) + '"';
    }
  }

  /** A number, as it was written. */
  record Num(Place at, String literal) implements Json {
    @Override
    public String found() {
      return literal.length() > 40 ? literal.substring(0, 37) + "..." : literal;
    }
  }

  /** True or false. */
  record Truth(Place at, boolean value) implements Json {
    @Override
    public String found() {
      return Boolean.toString(value);
    }
  }

  /** The word null. */
  record Null(Place at) implements Json {
    @Override
    public String found() {
      return "null";
    }
  }
}
