"""The synthetic texts: names, tagged sentences and a corpus with planted structure."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from utils.datasets.records import Corpus, Names, TaggedSentences
from utils.datasets.synthetic_corpus import make_corpus
from utils.datasets.synthetic_names import make_names, split_by_class
from utils.datasets.synthetic_tags import make_tagged_sentences, read_grammar, third_person

UNIVERSAL = {"ADJ", "ADP", "ADV", "CONJ", "DET", "NOUN", "NUM", "PRON", "PRT", "VERB", ".", "X"}
SEEDS = (0, 1, 2)


def name_parts(names):
    return (
        (names.names_train, names.y_train),
        (names.names_val, names.y_val),
        (names.names_test, names.y_test),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_names_types_and_split(seed):
    names = make_names(seed)
    assert isinstance(names, Names) and names.synthetic and names.source
    sizes = [len(part) for part, _ in name_parts(names)]
    assert 500 <= sum(sizes) <= 900
    assert sizes == [0.8 * sum(sizes), 0.1 * sum(sizes), 0.1 * sum(sizes)]
    for part, y in name_parts(names):
        assert isinstance(part, list) and all(type(name) is str for name in part)
        assert y.dtype == np.int64 and y.shape == (len(part),)
        assert set(y) == set(range(len(names.class_names)))
        assert np.ptp(np.bincount(y)) == 0
        assert (np.diff(y) != 0).any()  # in random order, not class by class


def test_names_are_unique_and_plain():
    every = [name for part, _ in name_parts(make_names()) for name in part]
    assert len({name.lower() for name in every}) == len(every)
    for name in every:
        assert name.isascii() and name.isalpha() and name.istitle() and 3 <= len(name) <= 14


def test_names_depend_on_the_seed_alone():
    first, again, other = make_names(3), make_names(3), make_names(4)
    assert first.names_train == again.names_train and first.names_test == again.names_test
    np.testing.assert_array_equal(first.y_train, again.y_train)
    assert first.names_test != other.names_test


def test_letters_predict_the_class():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    names = make_names()
    ngrams = CountVectorizer(analyzer="char_wb", ngram_range=(1, 3))
    model = make_pipeline(ngrams, LogisticRegression(max_iter=500))
    model.fit(names.names_train, names.y_train)
    assert model.score(names.names_test, names.y_test) > 0.8


def test_split_by_class_is_a_partition():
    labels = np.array([0] * 31 + [1] * 5 + [2] * 3)
    parts = split_by_class(labels, np.random.default_rng(0))
    assert sorted(np.concatenate(parts)) == list(range(len(labels)))
    assert all(set(labels[part]) == {0, 1, 2} for part in parts)


@pytest.fixture(scope="module")
def tagged():
    return make_tagged_sentences()


def test_sentences_types_and_sizes(tagged):
    assert isinstance(tagged, TaggedSentences) and tagged.synthetic and tagged.source
    assert (len(tagged.train), len(tagged.val), len(tagged.test)) == (2000, 250, 250)
    assert set(tagged.tag_names) == UNIVERSAL - {"X"}
    assert list(tagged.tag_names) == sorted(tagged.tag_names)
    for part in (tagged.train, tagged.val, tagged.test):
        assert {tag for sentence in part for _, tag in sentence} == set(tagged.tag_names)
        for sentence in part:
            assert 4 <= len(sentence) <= 14 and sentence[-1][1] == "."
            assert all(word and word == word.lower() and "~" not in word for word, _ in sentence)


def test_no_sentence_twice(tagged):
    every = tagged.train + tagged.val + tagged.test
    assert len({tuple(word for word, _ in sentence) for sentence in every}) == len(every)


def test_every_rule_of_the_grammar_is_defined():
    # An undefined rule would come out as a word with a capital and without a tag.
    rules = read_grammar()
    parts = {part for rule in rules.values() for parts in rule for part in parts}
    for part in parts:
        assert part.rpartition("/")[2] in UNIVERSAL or part.lstrip("+-") in rules, part
    used = {part.lstrip("+-") for part in parts}
    assert set(rules) - used == {"Sentence"}  # and no rule is left over


def test_sentences_depend_on_the_seed_alone(tagged):
    assert make_tagged_sentences(0).train == tagged.train
    assert make_tagged_sentences(1).train != tagged.train


@pytest.mark.parametrize("seed", SEEDS)
def test_words_alone_do_not_decide_the_tags(seed):
    data = make_tagged_sentences(seed)
    counts, tags = defaultdict(Counter), defaultdict(set)
    for word, tag in sum(data.train, []):
        counts[word][tag] += 1
    every = sum(data.train + data.val + data.test, [])
    for word, tag in every:
        tags[word].add(tag)
    assert np.mean([len(tags[word]) > 1 for word, _ in every]) >= 0.30
    best = {word: count.most_common(1)[0][0] for word, count in counts.items()}
    assert np.mean([best.get(word, "NOUN") == tag for word, tag in sum(data.test, [])]) < 0.90


def test_what_stands_beside_a_word_decides_its_tag(tagged):
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def windows(sentences):
        for sentence in sentences:
            words = ["", "", *(word for word, _ in sentence), "", ""]
            for i in range(len(sentence)):
                found = {str(j): words[i + j] for j in range(5)}
                found.update({f"{j},{j + 1}": " ".join(words[i + j : i + j + 2]) for j in (1, 2)})
                yield found

    model = make_pipeline(DictVectorizer(), LogisticRegression(C=10, max_iter=300))
    model.fit(list(windows(tagged.train)), [tag for _, tag in sum(tagged.train, [])])
    score = model.score(list(windows(tagged.test)), [tag for _, tag in sum(tagged.test, [])])
    assert score > 0.97


def test_the_two_words_beside_it_leave_one_tag(tagged):
    tags = defaultdict(set)
    for sentence in tagged.train + tagged.val + tagged.test:
        words = ["", *(word for word, _ in sentence), ""]
        for i, (_, tag) in enumerate(sentence):
            tags[tuple(words[i : i + 3])].add(tag)
    assert all(len(found) == 1 for found in tags.values())


def test_third_person():
    verbs = ["walk", "watch", "dry", "play", "go", "wish", "miss"]
    thirds = ["walks", "watches", "dries", "plays", "goes", "wishes", "misses"]
    assert [third_person(verb) for verb in verbs] == thirds


@pytest.fixture(scope="module")
def corpus():
    return make_corpus()


def test_corpus_types_and_size(corpus):
    assert isinstance(corpus, Corpus) and corpus.synthetic and corpus.source
    assert 100_000 <= len(corpus.tokens) <= 200_000
    assert all(type(word) is str and word.isalpha() for word in set(corpus.tokens))
    assert all(word == word.lower() for word in set(corpus.tokens))
    assert 200 <= len(set(corpus.tokens)) <= 400


def test_planted_words_occur_often(corpus):
    counts = Counter(corpus.tokens)
    assert len(corpus.neighbours) > 100 and len(corpus.analogies) > 200
    for word, near in corpus.neighbours.items():
        assert counts[word] >= 100
        assert near and word not in near and all(counts[other] >= 100 for other in near)
    for question in corpus.analogies:
        assert len(set(question)) == 4 and all(counts[word] >= 100 for word in question)
    assert ("king", "queen", "man", "woman") in corpus.analogies
    assert "friday" in corpus.neighbours["monday"]


def test_no_word_belongs_to_two_groups(corpus):
    for word, near in corpus.neighbours.items():
        assert all(set(corpus.neighbours[other]) == {word, *near} - {other} for other in near)


def test_corpus_depends_on_the_seed_alone(corpus):
    assert make_corpus(0).tokens == corpus.tokens
    assert make_corpus(1).tokens != corpus.tokens


def pmi_vectors(tokens, window=3, dim=60):
    """Return the vocabulary and vectors of it: positive mutual information, then an SVD."""
    vocabulary, ids = np.unique(tokens, return_inverse=True)
    size = len(vocabulary)
    together = np.zeros((size, size))
    for k in range(1, window + 1):
        pairs = np.bincount(ids[:-k] * size + ids[k:], minlength=size**2).reshape(size, size)
        together += pairs + pairs.T
    totals = together.sum(axis=0)
    with np.errstate(divide="ignore"):
        information = np.log(together * together.sum() / np.outer(totals, totals))
    u, s, _ = np.linalg.svd(np.maximum(information, 0))
    vectors = u[:, :dim] * np.sqrt(s[:dim])
    return vocabulary.tolist(), vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_structure_comes_out(seed):
    data = make_corpus(seed)
    vocabulary, vectors = pmi_vectors(data.tokens)
    ids = {word: i for i, word in enumerate(vocabulary)}
    similar = vectors @ vectors.T - 2 * np.eye(len(vocabulary))
    nearest = [vocabulary[i] for i in similar.argmax(axis=1)]
    assert np.mean([nearest[ids[w]] in near for w, near in data.neighbours.items()]) >= 0.9
    a, b, c, d = np.array([[ids[word] for word in question] for question in data.analogies]).T
    scores = (vectors[b] - vectors[a] + vectors[c]) @ vectors.T
    for asked in (a, b, c):
        scores[np.arange(len(scores)), asked] = -np.inf
    assert np.mean(scores.argmax(axis=1) == d) >= 0.9
