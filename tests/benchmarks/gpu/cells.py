"""Which cells of the notebooks the run for a GPU measures: those with a training, and those that
these need."""

TRAINED = {
    3: "data prepare run-define adamax baseline cycle-class optimizers tricks tricks-use "
       "ablate-use long climb maps-figure layer-stimuli-figure class-stimuli-figure flowers "
       "generator-use classifier-use freeze-use few-define few extract blocks train-head "
       "train-heads many unfreeze-use views stream tune-define tune final",
    4: "data pca train-pair linear-train deep-build deep-train curve drawn-train noise-use "
       "clean-pca clean-train gan-build gan-class gan-callback gan-train",
    5: "data split vocabulary-use matrix-use ngrams bar notes-data notes-figure loss-use "
       "language-model-use language-train-define language-train classes-data classifier-use cards "
       "conditional-train tag-data tag-numbers tag-baseline tagger-train",
    6: "data split-use vocabulary-use indices-use encoder extract ngrams bleu-use baselines views "
       "stream schedule train-define train experiment attend where attend-build attend-train",
}  # fmt: skip
