"""What a GPU is good for: one command of at most eight minutes for a rented or borrowed machine.

Such a machine often has JAX, NumPy, matplotlib, Pillow and h5py, but neither TensorFlow nor
Jupyter nor a network. So nothing here needs these, and what else is missing comes along:

    python -m tests.benchmarks.gpu.prepare FOLDER_OF_JPEGS     # here, once: fills build/gpu
    python -m pip install --no-deps --target /tmp/site build/gpu/*.whl      # there
    PYTHONPATH=/tmp/site python -m tests.benchmarks.gpu --data build/gpu --out OUT

The first line says how large build/gpu is, and prints the other two as one command. It holds
Keras's wheels and CIFAR-10 as two files of JPEGs. Without FOLDER_OF_JPEGS, or without the files,
drawn objects take CIFAR-10's place: then seconds are right, and accuracies are not.

The parts, each with a file of its own in OUT, in the form of tests/benchmarks/results:

* `race`: seconds to 0.94 on CIFAR-10's test images, from three seeds (`race.py`, `to_094.py`);
* `steps`: seconds per step of every training of weeks 3 to 6 in the profile `gpu`, and so the
  minutes of a notebook's trainings (`dry_run.py`, `steps.py`);
* `precision`: the recipe of the race with half of the bits and with all.

`race` and `precision` keep their files after every training, `steps` after every week, so that a
run that is cut off leaves what it has. No part starts anything after its share of the time
(`--seconds`, 465 if not said). A part that fails says so, and the next one goes on. Parts can be
named: `race precision` in one call and `steps` in another leave each more time. `--trial` does
everything with tiny sizes.
"""
