import sys

sys.exit("the catalogue is wrong")
