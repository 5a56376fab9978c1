package org.score4j.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A {@link Control} that guides samples to classes, by what a model or a classifier knows of them.
 */
public interface ClassGuidance extends Control {

  /**
   * The class that all samples are guided to, from 0; -1 if the model is given none; empty if each
   * sample is guided to the class that it is drawn as.
   */
  Optional<Integer> target();

  /**
   * Checks that it suits a model; called when a recipe is read.
   *
   * @param conditional whether the model takes the class, {@link ScoreModel#conditional()}
   * @param labelDropout the share of examples whose class was hidden in training, in [0, 1]; empty
   *     if it is unknown, as for imported weights
   * @return what the user should know; possibly empty
   * @throws InvalidValueException if the model lacks a score that the guidance needs
   */
  List<String> check(boolean conditional, OptionalDouble labelDropout);
}
