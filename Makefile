# The course's commands. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SITE := $(VENV)/.site
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
PARALLEL := -n auto --maxprocesses 4 --no-loadscope-reorder
# The processes share the cores, so each computes with one thread: a sixth less time
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(READY)  ## install what is needed, open JupyterLab on week 1
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" $(ARGS) \
	    week1_linear_models/week1_linear_models.ipynb

test: $(READY) notebooks  ## run every notebook under nbval, then all tests
	$(ONE_THREAD) $(BIN)/python -m pytest $(PARALLEL) $(ARGS)

# The longest first, so that none is left alone at the end
notebooks: $(READY)  ## run every notebook from top to bottom under nbval, on synthetic data
	ls -S week*/*.ipynb | COURSE_PROFILE=tiny COURSE_SOLUTIONS=1 xargs -n 1 -P 2 \
	    $(BIN)/python -m pytest -q --nbval-lax --nbval-cell-timeout=300

test-slow: $(READY)  ## run the tests that take minutes
	$(if $(findstring -n ,$(ARGS)),$(ONE_THREAD)) $(BIN)/python -m pytest -m slow $(ARGS)

run: $(READY)  ## run every week on synthetic data; write HTML under build/
	$(BIN)/python -m utils.run $(ARGS)

site: $(SITE)  ## build the course's site: build/site/index.html; make site ARGS=1 is week 1 alone
	$(BIN)/python -m utils.site $(ARGS)

student: $(READY)  ## write a copy for learners, without reference solutions: make student DIR=../for-learners
	$(BIN)/python -m utils.student "$(DIR)" $(if $(WEEKS),--weeks $(WEEKS)) $(ARGS)

grade-demo: $(READY)  ## grade a made-up cohort; the report is build/grade-demo/report/index.html
	$(BIN)/python -m utils.grading.demo

bench: $(READY)  ## measure a week on real data, minutes to an hour: make bench WEEK=3
	$(BIN)/python -m tests.benchmarks.notebook $(WEEK) --profile tiny
	$(BIN)/python -m tests.benchmarks.notebook $(WEEK)
	for file in tests/benchmarks/week$(WEEK)*.py; do \
	    $(BIN)/python -m $$(echo $${file%.py} | tr / .) || exit 1; done

report: $(READY)  ## write the tables of RESULTS.md, README.md and TEACHING.md anew
	$(BIN)/python -m tests.benchmarks.figures
	$(BIN)/python -m utils.site.teaching

lint: $(READY)  ## check the style of the code
	$(BIN)/ruff check .

strip: $(READY)  ## remove outputs from the notebooks before you commit
	$(BIN)/python -m utils.notebooks strip

slug: $(READY)  ## point badges and setup cells at this fork, or at REPO=owner/name
	$(BIN)/python -m utils.notebooks slug $(REPO) $(REVISION)

lock: $(READY)  ## write requirements.lock anew from requirements.txt
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --upgrade --no-header \
	    --no-annotate requirements.txt -o requirements.lock

clean:  ## remove the environment and all that was built
	rm -rf $(VENV) build .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made once, and again only when the lock changes. A half-made environment has no .ready.
$(READY): requirements.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'The course needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Name one: make PYTHON=python3.12 ...')"
	$(PYTHON) -m venv $(VENV)
	@$(PIP) --only-binary :all: uv && $(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python \
	    -r requirements.lock || { echo "uv can't be had here; pip takes longer."; \
	    $(PIP) -r requirements.lock; }
	@mkdir -p $(VENV)/share/jupyter/lab/settings  # no questions about news at the first start
	@cp utils/lab_overrides.json $(VENV)/share/jupyter/lab/settings/overrides.json
	@touch $@

$(SITE): requirements-site.txt $(READY)
	$(PIP) -r requirements-site.txt
	@touch $@

.PHONY: help lab test notebooks test-slow run site student grade-demo bench report lint strip slug lock clean
